using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.InteropServices;
using Garam.Hosting;
using Garam.Platform.Packs;

namespace Garam.Commands;

/// <summary><c>./garam doctor</c>: what is installed, reachable, writable, in time; and how to mend what is not.</summary>
internal static class DoctorCommand
{
    private const long FreeBytesWanted = 1L << 30;

    private static readonly Option<string> Data = new("--data") { Description = "Data folder", DefaultValueFactory = _ => "data" };

    public static Command Create()
    {
        var command = new Command("doctor", "Looks at this machine and says what to mend.") { Data, NodeClient.Url };
        command.SetAction((result, cancellation) => RunAsync(result.GetValue(Data)!, result.GetValue(NodeClient.Url)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string data, string url, CancellationToken cancellation)
    {
        var findings = new List<Finding> { Runtime(), Folder(data), Disk(data), Flush(data), Packs(), Clock(), Limit(), Ports(), await NodeAsync(url, cancellation) };
        foreach (var finding in findings)
            Console.WriteLine($"{(finding.Mend is null ? "ok  " : finding.IsFault ? "FAIL" : "note")}  {finding.What}{(finding.Mend is null ? "" : $" {finding.Mend}")}");
        return findings.Exists(f => f.IsFault) ? ExitCode.Environment : ExitCode.Done;
    }

    private static Finding Runtime() =>
        Finding.Ok($".NET {System.Environment.Version} on {RuntimeInformation.OSDescription}, {System.Environment.ProcessorCount} cores, "
            + $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MB of memory.");

    private static Finding Folder(string data)
    {
        var full = Path.GetFullPath(data);
        try
        {
            var probe = Path.Combine(Existing(data), $".garam-doctor-{System.Environment.ProcessId}");
            File.WriteAllText(probe, "probe");
            File.Delete(probe);
            return Finding.Ok($"The data folder {full} can be written.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Fault($"The data folder {full} cannot be written ({e.Message}).", "Choose another with --data, or mend its permissions.");
        }
    }

    private static Finding Disk(string data)
    {
        var drive = new DriveInfo(Existing(data));
        var free = drive.AvailableFreeSpace;
        return free >= FreeBytesWanted
            ? Finding.Ok($"{free >> 30} GB are free on {drive.Name}.")
            : Finding.Fault($"Only {free >> 20} MB are free on {drive.Name}.", "Producers are slowed below log.reserve_megabytes: make room, or lower log.retain_days.");
    }

    /// <summary>The data folder, or the nearest one above it that exists: before the first start there is none.</summary>
    private static string Existing(string data)
    {
        var folder = Path.GetFullPath(data);
        while (!Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    /// <summary>Every acknowledgement waits for one of these.</summary>
    private static Finding Flush(string data)
    {
        const int rounds = 20;
        var file = Path.Combine(Existing(data), $".garam-doctor-{System.Environment.ProcessId}");
        try
        {
            using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            var block = new byte[4096];
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < rounds; i++)
            {
                stream.Write(block);
                stream.Flush(flushToDisk: true);
            }

            var each = watch.Elapsed / rounds;
            return each < TimeSpan.FromMilliseconds(20)
                ? Finding.Ok($"A flush of the disk takes {each.TotalMilliseconds:0.0} ms.")
                : Finding.Note($"A flush of the disk takes {each.TotalMilliseconds:0} ms; every acknowledgement waits for one.", "Use an SSD for the data folder.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Fault($"A flush of the disk failed ({e.Message}).", "Check the disk.");
        }
    }

    private static Finding Packs()
    {
        var root = PackRoot.Find("");
        var folders = PackFolder.Find(root, [], out var problem);
        if (problem is not null)
            return Finding.Fault(problem, "Set packs.path in garam.yaml.");
        var set = PackSnapshot.Read(folders);
        return set.Problems.Count == 0
            ? Finding.Ok($"{set.Products.Count} products in {folders.Count} packs of {root}.")
            : Finding.Fault($"{set.Problems.Count} problems in {root}, the first: {set.Problems[0]}", "Run ./garam check.");
    }

    private static Finding Clock() =>
        DateTimeOffset.UtcNow.Year >= 2025
            ? Finding.Ok($"The clock says {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm:ss} UTC.")
            : Finding.Fault($"The clock says {DateTimeOffset.UtcNow:yyyy-MM-dd} UTC.", "Set it, and keep it right with NTP: readings without a time of their own get this one.");

    private static Finding Limit()
    {
        const string file = "/proc/self/limits";
        if (!File.Exists(file))
            return Finding.Ok("Open files: no limit known on this system.");
        var line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return soft == "unlimited" || (long.TryParse(soft, out var most) && most >= 4096)
            ? Finding.Ok($"{soft} files and connections may be open.")
            : Finding.Note($"Only {soft} files and connections may be open.", "Raise it: ulimit -n 65536, or LimitNOFILE in systemd.");
    }

    private static Finding Ports()
    {
        var used = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(e => IPAddress.IsLoopback(e.Address) || e.Address.Equals(IPAddress.Any) || e.Address.Equals(IPAddress.IPv6Any))
            .Select(e => e.Port).ToHashSet();
        var taken = new[] { 8080, 1883, 9000 }.Where(used.Contains).ToList();
        return taken.Count == 0
            ? Finding.Ok("The ports 8080, 1883 and 9000 are free.")
            : Finding.Note($"In use: {string.Join(", ", taken)}.", "A running Garam, perhaps; else choose others with --http, --mqtt and --tcp.");
    }

    private static async Task<Finding> NodeAsync(string url, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(3) };
        try
        {
            using var answer = await http.GetAsync(new Uri(new Uri(url), "/readyz"), cancellation);
            return answer.IsSuccessStatusCode
                ? Finding.Ok($"The node at {url} is ready.")
                : Finding.Fault($"The node at {url} is not ready: {await answer.Content.ReadAsStringAsync(cancellation)}", "It says itself what to do.");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or UriFormatException)
        {
            return Finding.Note($"No node answers at {url}.", "Start one with ./garam up.");
        }
    }

    private sealed record Finding(string What, string? Mend, bool IsFault)
    {
        public static Finding Ok(string what) => new(what, null, false);

        public static Finding Note(string what, string mend) => new(what, mend, false);

        public static Finding Fault(string what, string mend) => new(what, mend, true);
    }
}
