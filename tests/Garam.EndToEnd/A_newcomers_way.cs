namespace Garam.EndToEnd;

public sealed class A_newcomers_way
{
    [Fact]
    public async Task One_command_serves_and_a_first_reading_comes_back_over_REST_and_on_the_command_line()
    {
        using var folder = new TemporaryFolder();
        await using var garam = await GaramProcess.StartAsync(folder["data"]);

        await garam.Api.SendAsync("sensor-01", """{"temperature":25.5,"humidity":60}""", "json");
        await garam.Api.ShouldReadAsync("sensor-01", "temperature", "25.5");

        var query = await Command.GaramAsync(["query", "sensor-01", "temperature,humidity", "--csv"], garam.Url);
        query.ExitCode.ShouldBe(0, query.ToString());
        query.Output.ShouldContain(",temperature,25.5");
        query.Output.ShouldContain(",humidity,60");

        var ledger = await garam.Api.SettledLedgerAsync();
        (ledger.Received, ledger.Stored).ShouldBe((1, 1));
        garam.Errors.ShouldNotContain("\"LogLevel\":\"Error\"");
    }

    [Fact]
    public async Task Without_a_running_node_a_query_says_how_to_start_one_and_exits_with_3()
    {
        var query = await Command.GaramAsync(["query", "sensor-01"], "http://127.0.0.1:9");
        query.ExitCode.ShouldBe(3, query.ToString());
        query.Error.ShouldContain("./garam up");
    }

    [Fact]
    public async Task An_unknown_device_is_a_message_and_exit_code_1()
    {
        using var folder = new TemporaryFolder();
        await using var garam = await GaramProcess.StartAsync(folder["data"]);
        var query = await Command.GaramAsync(["query", "nobody"], garam.Url);
        query.ExitCode.ShouldBe(1, query.ToString());
        query.Error.ShouldContain("nobody");
    }
}
