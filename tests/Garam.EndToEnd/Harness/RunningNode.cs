namespace Garam.EndToEnd;

/// <summary>One node for all tests of a class; each test uses devices of its own.</summary>
public sealed class RunningNode : IAsyncLifetime
{
    private TemporaryFolder? _folder;

    internal GaramProcess Process { get; private set; } = null!;

    internal NodeApi Api => Process.Api;

    public async ValueTask InitializeAsync()
    {
        _folder = new TemporaryFolder();
        Process = await GaramProcess.StartAsync(_folder["data"]);
    }

    /// <summary>After every test of the class the books must balance, and the process must end well.</summary>
    public async ValueTask DisposeAsync()
    {
        await Api.SettledLedgerAsync();
        (await Process.TerminateAsync()).ShouldBe(0, Process.Errors);
        await Process.DisposeAsync();
        _folder?.Dispose();
    }
}
