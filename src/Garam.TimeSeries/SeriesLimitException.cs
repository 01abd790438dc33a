namespace Garam.TimeSeries;

/// <summary>The store holds as many groups as its options allow.</summary>
public sealed class SeriesLimitException(string message) : Exception(message);
