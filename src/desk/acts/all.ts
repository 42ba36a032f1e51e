// Written by tools/list-plugins.ts from the files beside it. Do not edit.
import type { ActKind } from '#desk/act-kind.ts';
import { answerIncident } from './answer-incident.ts';
import { approveDecision } from './approve-decision.ts';
import { approvePolicy } from './approve-policy.ts';
import { assign } from './assign.ts';
import { breakGlass } from './break-glass.ts';
import { closeIncident } from './close-incident.ts';
import { comment } from './comment.ts';
import { confirmDecision } from './confirm-decision.ts';
import { decide } from './decide.ts';
import { delegateRole } from './delegate-role.ts';
import { drawEvidence } from './draw-evidence.ts';
import { endSessions } from './end-sessions.ts';
import { eraseWords } from './erase-words.ts';
import { grantRole } from './grant-role.ts';
import { importDecisions } from './import-decisions.ts';
import { issueLoginLink } from './issue-login-link.ts';
import { makeToken } from './make-token.ts';
import { nameIncident } from './name-incident.ts';
import { offboardPeople } from './offboard-people.ts';
import { openIncident } from './open-incident.ts';
import { pauseClock } from './pause-clock.ts';
import { pauseReading } from './pause-reading.ts';
import { placeHold } from './place-hold.ts';
import { profileComponent } from './profile-component.ts';
import { proposePolicy } from './propose-policy.ts';
import { recordPeople } from './record-people.ts';
import { releaseHold } from './release-hold.ts';
import { restrictTeam } from './restrict-team.ts';
import { resumeClock } from './resume-clock.ts';
import { resumeReading } from './resume-reading.ts';
import { revokeRole } from './revoke-role.ts';
import { revokeToken } from './revoke-token.ts';
import { withdrawDecision } from './withdraw-decision.ts';

/** Everything that people do in the office, by file name. */
export const actKinds: readonly ActKind[] = [answerIncident, approveDecision, approvePolicy, assign, breakGlass, closeIncident, comment, confirmDecision, decide, delegateRole, drawEvidence, endSessions, eraseWords, grantRole, importDecisions, issueLoginLink, makeToken, nameIncident, offboardPeople, openIncident, pauseClock, pauseReading, placeHold, profileComponent, proposePolicy, recordPeople, releaseHold, restrictTeam, resumeClock, resumeReading, revokeRole, revokeToken, withdrawDecision];
