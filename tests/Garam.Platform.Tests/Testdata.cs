namespace Garam.Platform.Tests;

/// <summary>Bytes kept from every version (testdata/README.md).</summary>
internal static class Testdata
{
    public static byte[] Hex(string name) =>
        Convert.FromHexString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", name)).Trim());
}
