using System.Globalization;

namespace Garam.Bench.Load;

/// <summary>Processor time of a process as Linux accounts it: user and kernel, all threads, living and ended.</summary>
internal static class ProcessCpu
{
    /// <summary>The unit of /proc times that user space sees, on every architecture .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of processor time; NaN when the process is gone or the system has no /proc.</summary>
    public static double Seconds(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            // The command's name (field 2) may hold spaces and brackets: count from its end.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
        catch (IOException)
        {
            return double.NaN;
        }
    }

    /// <summary>Memory held resident, in bytes; 0 when unknown.</summary>
    public static long ResidentBytes(int processId)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{processId}/status"))
            {
                if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                    return 1024 * long.Parse(line[6..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
            }
        }
        catch (IOException)
        {
        }

        return 0;
    }
}
