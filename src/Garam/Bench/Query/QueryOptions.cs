namespace Garam.Bench.Query;

/// <summary>What `bench query` fills in and asks for.</summary>
internal sealed record QueryOptions
{
    /// <summary>Devices of which the newest values are asked for.</summary>
    public int Devices { get; init; } = 10_000;

    /// <summary>Days of points of one device, one a minute.</summary>
    public int Days { get; init; } = 7;

    /// <summary>Times each request is timed.</summary>
    public int Requests { get; init; } = 200;

    public string Folder { get; init; } = Path.GetTempPath();
}
