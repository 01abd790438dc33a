namespace Garam.Platform.Alarms;

/// <summary>The highest numbers given out: of alarms, of lines of history, of shelvings and maintenance windows.</summary>
internal readonly record struct AlarmNumbers(long Alarm, long History, long Quiet);
