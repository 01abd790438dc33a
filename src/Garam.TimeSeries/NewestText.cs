namespace Garam.TimeSeries;

/// <summary>The newest text of a name.</summary>
/// <param name="Name">Name of the text.</param>
/// <param name="TimeUs">Microseconds since the Unix epoch of the newest reading that carried it, changed or not.</param>
/// <param name="Value">The text.</param>
public readonly record struct NewestText(string Name, long TimeUs, string Value);
