namespace Garam.Mqtt.Persistence;

/// <summary>Every file the broker writes.</summary>
internal static class StateFiles
{
    /// <summary>The state: records appended, from time to time rewritten as a whole.</summary>
    public const string Journal = "mqtt-state.journal";

    /// <summary>The next journal while it is written; becomes <see cref="Journal"/> by rename, and is worthless if found at start.</summary>
    public const string NewJournal = "mqtt-state.journal.new";
}
