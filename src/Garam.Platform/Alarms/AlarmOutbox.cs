using System.Data.Common;

namespace Garam.Platform.Alarms;

/// <summary>Where changes go that people may have to be told of: written in the transaction that makes them, sent after it.</summary>
/// <param name="Add">Writes inside the given transaction; what it throws undoes the batch, which is tried again.</param>
/// <param name="Wake">Called after the commit.</param>
public sealed record AlarmOutbox(Action<DbConnection, DbTransaction, IReadOnlyList<AlarmEvent>> Add, Action Wake)
{
    /// <summary>Tells nobody.</summary>
    public static readonly AlarmOutbox None = new((_, _, _) => { }, () => { });
}
