using System.Diagnostics;

namespace Garam.Architecture;

/// <summary>The system's <c>sh</c>, reading without running.</summary>
internal static class PlainShell
{
    public static string Errors(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-n"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        shell.StandardInput.Write(script + "\n");
        shell.StandardInput.Close();
        return shell.StandardError.ReadToEnd();
    }
}
