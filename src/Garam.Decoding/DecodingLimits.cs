namespace Garam.Decoding;

/// <summary>Every limit of decoding, each with why this number.</summary>
public static class DecodingLimits
{
    /// <summary>Metrics a product may have, declared and seen together: an open JSON product with random keys must not grow for ever.</summary>
    public const int MetricsMax = 512;

    /// <summary>Bytes of a payload. Ingress takes 256 KiB by default; an operator may raise that, but never beyond this.</summary>
    public const int PayloadBytesMax = 4 * 1024 * 1024;

    /// <summary>Readings of one payload: a CSV file of 256 KiB with rows of 16 bytes.</summary>
    public const int ReadingsMax = 16_384;

    /// <summary>Values of one payload, 6 MiB of output buffer at most.</summary>
    public const int ValuesMax = 262_144;

    /// <summary>Bytes of one text value: a mode's name, a serial number, not a document.</summary>
    public const int TextBytesMax = 128;

    /// <summary>Bytes of a metric's name that comes from a message.</summary>
    public const int NameBytesMax = 128;

    /// <summary>Errors of one payload that are listed; the others are only counted.</summary>
    public const int ErrorsListedMax = 16;

    /// <summary>Levels of JSON nesting that are followed, well inside the thread's stack.</summary>
    public const int JsonDepthMax = 32;

    /// <summary>Objects and arrays an open JSON product remembers on the way to its metrics.</summary>
    public const int JsonNodesMax = 2_048;

    /// <summary>Columns of a CSV line.</summary>
    public const int CsvColumnsMax = 1_024;

    /// <summary>Bytes of a spec file. The longest of the shipped packs has 5 KiB.</summary>
    public const int SpecBytesMax = 1024 * 1024;

    /// <summary>Nodes of a spec file's YAML.</summary>
    public const int SpecNodesMax = 50_000;

    /// <summary>Levels of a spec file's YAML.</summary>
    public const int SpecDepthMax = 32;

    /// <summary>Fields of a spec after its repeats and channels are written out.</summary>
    public const int SpecFieldsMax = 4_096;

    /// <summary>Models of a product.</summary>
    public const int ModelsMax = 64;

    /// <summary>Variants of a product.</summary>
    public const int VariantsMax = 64;

    /// <summary>Problems of a spec that are reported.</summary>
    public const int ProblemsMax = 100;
}
