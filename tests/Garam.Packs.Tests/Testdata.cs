namespace Garam.Packs.Tests;

internal static class Testdata
{
    public static string Path(params string[] parts) => System.IO.Path.Combine([AppContext.BaseDirectory, "testdata", .. parts]);
}
