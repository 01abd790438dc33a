namespace Garam.Platform.Configuration;

/// <summary>Which packs run, and where they are.</summary>
public sealed record PackOptions
{
    /// <summary>Comma-separated pack names; empty runs all that are found.</summary>
    public string Names { get; set; } = "";

    /// <summary>The folder of packs; empty finds the one beside the program.</summary>
    public string Path { get; set; } = "";
}
