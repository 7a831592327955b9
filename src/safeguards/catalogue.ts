import type { Safeguard } from '../room/safeguard.ts';
import { assessmentMissing } from './assessment-missing.ts';
import { assessmentStale } from './assessment-stale.ts';
import { attendanceUnproven } from './attendance-unproven.ts';
import { briefingThinned } from './briefing-thinned.ts';
import { callerCutOff } from './caller-cut-off.ts';
import { callerDismissed } from './caller-dismissed.ts';
import { callerUninformed } from './caller-uninformed.ts';
import { checkMissing } from './check-missing.ts';
import { claimUnproven } from './claim-unproven.ts';
import { closingUnsafe } from './closing-unsafe.ts';
import { contactFlowAbnormal } from './contact-flow-abnormal.ts';
import { contactUnrecorded } from './contact-unrecorded.ts';
import { courseOfConduct } from './course-of-conduct.ts';
import { dangerTold } from './danger-told.ts';
import { deferralDue } from './deferral-due.ts';
import { deferralWrong } from './deferral-wrong.ts';
import { deploymentUnconfirmed } from './deployment-unconfirmed.ts';
import { divertedUnresourced } from './diverted-unresourced.ts';
import { evidenceUnkept } from './evidence-unkept.ts';
import { gradeLowered } from './grade-lowered.ts';
import { harmReferral } from './harm-referral.ts';
import { joinedUnlike } from './joined-unlike.ts';
import { learningOpen } from './learning-open.ts';
import { likeDescription } from './like-description.ts';
import { linkUndecided } from './link-undecided.ts';
import { locationDoubt } from './location-doubt.ts';
import { logAltered } from './log-altered.ts';
import { markerBelieved } from './marker-believed.ts';
import { markerEffect } from './marker-effect.ts';
import { markerUnkept } from './marker-unkept.ts';
import { messageUnacknowledged } from './message-unacknowledged.ts';
import { noUnit } from './no-unit.ts';
import { orderBreach } from './order-breach.ts';
import { orderServiceUnknown } from './order-service-unknown.ts';
import { outcomeContradicted } from './outcome-contradicted.ts';
import { overrideUnreviewed } from './override-unreviewed.ts';
import { ownerAbsent } from './owner-absent.ts';
import { placeCluster } from './place-cluster.ts';
import { possibleDomestic } from './possible-domestic.ts';
import { promiseUnkept } from './promise-unkept.ts';
import { protectionRefused } from './protection-refused.ts';
import { relianceGone } from './reliance-gone.ts';
import { repeatContact } from './repeat-contact.ts';
import { reviewPinned } from './review-pinned.ts';
import { risingRisk } from './rising-risk.ts';
import { roomShort } from './room-short.ts';
import { rungUnmanned } from './rung-unmanned.ts';
import { safeguardFailed } from './safeguard-failed.ts';
import { sourceDown } from './source-down.ts';
import { stateMismatch } from './state-mismatch.ts';
import { subjectUnidentified } from './subject-unidentified.ts';
import { targetAtRisk } from './target-at-risk.ts';
import { taskOverdue } from './task-overdue.ts';
import { transferThinned } from './transfer-thinned.ts';
import { transferUnaccepted } from './transfer-unaccepted.ts';
import { ungraded } from './ungraded.ts';
import { unresourced } from './unresourced.ts';
import { unsafeCallback } from './unsafe-callback.ts';

/** Every safeguard in force, in the order of the catalogue; a new one is a file and a line here. */
export const safeguards: readonly Safeguard[] = [
  contactUnrecorded,
  callerCutOff,
  unsafeCallback,
  callerDismissed,
  // Ahead of `repeat-contact`, which keeps silent where this sounds because of the same contact.
  outcomeContradicted,
  repeatContact,
  placeCluster,
  joinedUnlike,
  dangerTold,
  possibleDomestic,
  markerBelieved,
  locationDoubt,
  ungraded,
  subjectUnidentified,
  likeDescription,
  contactFlowAbnormal,
  checkMissing,
  claimUnproven,
  sourceDown,
  linkUndecided,
  evidenceUnkept,
  assessmentMissing,
  assessmentStale,
  relianceGone,
  risingRisk,
  markerEffect,
  markerUnkept,
  orderBreach,
  orderServiceUnknown,
  courseOfConduct,
  protectionRefused,
  gradeLowered,
  unresourced,
  targetAtRisk,
  deploymentUnconfirmed,
  briefingThinned,
  divertedUnresourced,
  noUnit,
  roomShort,
  rungUnmanned,
  deferralWrong,
  deferralDue,
  taskOverdue,
  ownerAbsent,
  messageUnacknowledged,
  promiseUnkept,
  callerUninformed,
  closingUnsafe,
  reviewPinned,
  overrideUnreviewed,
  attendanceUnproven,
  transferUnaccepted,
  transferThinned,
  stateMismatch,
  harmReferral,
  learningOpen,
  logAltered,
  safeguardFailed,
];
