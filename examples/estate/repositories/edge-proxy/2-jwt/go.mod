module northgate.example/platform/edge-proxy

go 1.19

require (
	github.com/golang-jwt/jwt/v4 v4.4.3
	github.com/gorilla/websocket v1.5.0
	golang.org/x/crypto v0.5.0
	golang.org/x/net v0.5.0
	golang.org/x/text v0.7.0
	gopkg.in/yaml.v2 v2.4.0
)

require golang.org/x/sys v0.4.0 // indirect
