module northgate.example/platform/edge-proxy

go 1.20

require (
	github.com/golang-jwt/jwt/v4 v4.5.0
	github.com/gorilla/websocket v1.5.1
	golang.org/x/crypto v0.17.0
	golang.org/x/net v0.19.0
	golang.org/x/text v0.14.0
	gopkg.in/yaml.v2 v2.4.0
)

require golang.org/x/sys v0.15.0 // indirect
