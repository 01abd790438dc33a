using Garam.Packs.Fire.Board;
using Garam.Platform.Alarms;

namespace Garam.Web.Fire;

/// <summary>What the fire page shows at one moment; parts that have not changed are the same objects as before.</summary>
/// <param name="Alerts">The newest, open or not.</param>
/// <param name="OpenAlarms">Open alarms of the detectors.</param>
/// <param name="Hour">Risk by minutes.</param>
/// <param name="Messages">The node's messages; null for those who see one customer's devices.</param>
public sealed record FireNow(FireOverview Board, IReadOnlyList<Alarm> Alerts, int OpenAlarms, RiskMinutes Hour, MessageFigures? Messages, double MessagesPerSecond);
