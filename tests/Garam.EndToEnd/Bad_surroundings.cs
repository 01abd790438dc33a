using System.Net;
using System.Net.Sockets;

namespace Garam.EndToEnd;

/// <summary>What is wrong around the program: a message a person can act on, and the exit code of the table.</summary>
public sealed class Bad_surroundings
{
    private const int InputIsWrong = 1;
    private const int EnvironmentIsNotReady = 3;

    [Theory]
    [InlineData("--http")]
    [InlineData("--mqtt")]
    [InlineData("--tcp")]
    public async Task A_port_in_use_is_named_and_exits_with_3(string option)
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var result = await UpAsync(folder["data"], null, option, $"{port}");
        result.ExitCode.ShouldBe(EnvironmentIsNotReady, result.ToString());
        result.Error.ShouldContain($"{port}");
        result.Error.ShouldContain(option);
        result.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_folder_exits_with_3_and_the_first_goes_on()
    {
        using var folder = new TemporaryFolder();
        await using var garam = await GaramProcess.StartAsync(folder["data"]);
        var result = await UpAsync(folder["data"]);
        result.ExitCode.ShouldBe(EnvironmentIsNotReady, result.ToString());
        result.Error.ShouldContain(folder["data"]);
        result.Error.ShouldNotContain("   at ");
        await garam.Api.SendAsync("first", """{"a":1}""", "json");
        await garam.Api.ShouldReadAsync("first", "a", "1");
    }

    [Fact]
    public async Task A_data_folder_of_a_newer_version_is_left_alone_and_exits_with_3()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["data"]);
        await File.WriteAllTextAsync(Path.Combine(folder["data"], "garam-version"), "99\n");
        var result = await UpAsync(folder["data"]);
        result.ExitCode.ShouldBe(EnvironmentIsNotReady, result.ToString());
        result.Error.ShouldContain("99");
        Directory.GetFileSystemEntries(folder["data"]).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_exits_with_3()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["file"], "");
        var result = await UpAsync(folder["file"] + "/data");
        result.ExitCode.ShouldBe(EnvironmentIsNotReady, result.ToString());
        result.Error.ShouldContain("--data");
    }

    [Fact]
    public async Task A_setting_that_does_not_exist_is_refused_with_the_nearest_that_does()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["garam.yaml"], "ingress:\n  payload_byte_max: 5\n");
        var result = await UpAsync(folder["data"], null, "--config", folder["garam.yaml"]);
        result.ExitCode.ShouldBe(InputIsWrong, result.ToString());
        result.Error.ShouldContain("garam.yaml:2:");
        result.Error.ShouldContain("ingress.payload_bytes_max");
    }

    [Fact]
    public async Task A_byte_flipped_in_a_segment_is_reported_and_every_other_reading_is_there()
    {
        using var folder = new TemporaryFolder();
        await using (var garam = await GaramProcess.StartAsync(folder["data"]))
        {
            for (var i = 0; i < 200; i++)
                await garam.Api.SendAsync("flipped", $$"""{"n":{{i}}}""", "json");
            await garam.KillAsync();
        }

        var segment = Directory.GetFiles(Path.Combine(folder["data"], "log"), "*", SearchOption.AllDirectories).MaxBy(f => new FileInfo(f).Length)!;
        var bytes = await File.ReadAllBytesAsync(segment);
        var at = bytes.AsSpan().IndexOf("{\"n\":100}"u8);
        at.ShouldBeGreaterThan(0);
        bytes[at + 2] ^= 0x20;
        await File.WriteAllBytesAsync(segment, bytes);

        await using var again = await GaramProcess.StartAsync(folder["data"]);
        await Until.TrueAsync(() => again.Errors.Contains("damaged", StringComparison.Ordinal), "the damage is reported");
        await Until.ReadsAsync(() => again.Api.PointsAsync("flipped", "n"), p => p.Count >= 199, "199 readings");
        (await again.Api.PointsAsync("flipped", "n")).Select(p => (int)p.Value).ShouldBe(Enumerable.Range(0, 200).Where(n => n != 100));
        await again.Api.SettledLedgerAsync();
        await again.Api.SendAsync("flipped", """{"n":200}""");
        await again.Api.ShouldReadAsync("flipped", "n", "200");
    }

    [Fact]
    public async Task A_spec_with_an_error_leaves_the_old_one_in_force_and_is_named_with_file_and_line()
    {
        using var folder = new TemporaryFolder();
        await using var garam = await GaramProcess.StartAsync(folder["data"]);
        await garam.Api.PutProductAsync("e2e-reload", Spec("0.1"));
        var file = Path.Combine(folder["data"], "packs", "local", "products", "e2e-reload.yaml");
        await File.WriteAllTextAsync(file, Spec("0.1").Replace("type: int16", "type: int17", StringComparison.Ordinal));
        var problems = await Until.ReadsAsync(ProblemsAsync, p => p.Contains("int17", StringComparison.Ordinal), "the problem is listed");
        problems.ShouldContain("e2e-reload.yaml:7:");
        await garam.Api.SendAsync("reload-1", "0x00FA", "e2e-reload");
        await garam.Api.ShouldReadAsync("reload-1", "temperature", "25");

        await File.WriteAllTextAsync(file, Spec("0.01"));
        await Until.ReadsAsync(ProblemsAsync, p => p == "[]", "the mended file is taken over");
        await garam.Api.SendAsync("reload-1", "0x00FA");
        await garam.Api.ShouldReadAsync("reload-1", "temperature", "2.5");

        async Task<string> ProblemsAsync() => (await garam.Api.GetAsync("/api/v1/products")).GetProperty("problems").GetRawText();
    }

    [Fact]
    public async Task A_spec_with_an_error_over_REST_is_400_with_its_place()
    {
        using var folder = new TemporaryFolder();
        await using var garam = await GaramProcess.StartAsync(folder["data"]);
        using var answer = await garam.Api.PutAsync("/api/v1/products/e2e-reload", Spec("0.1").Replace("offset", "ofset", StringComparison.Ordinal), "application/yaml");
        var problem = await NodeApi.JsonAsync(answer, HttpStatusCode.BadRequest);
        problem.GetProperty("code").GetString().ShouldBe("invalid-spec");
        problem.GetProperty("detail").GetString()!.ShouldContain("e2e-reload.yaml:7:");
    }

    private static string Spec(string scale) => $$"""
        product_type: e2e-reload
        title: {en: Reloaded}
        version: 1
        format: hex_binary
        parsing_type: length_based
        conversion:
          - {field: temperature, offset: 0, length: 2, type: int16, scale: {{scale}}, unit: celsius}
        """;

    private static Task<CommandResult> UpAsync(string data, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments)
    {
        var ports = new[] { "--http", "--mqtt", "--tcp" }.Except(arguments).SelectMany(option => new[] { option, "0" });
        return Command.GaramAsync(["up", "--data", data, "--no-demo", .. ports, .. arguments], null, environment);
    }
}
