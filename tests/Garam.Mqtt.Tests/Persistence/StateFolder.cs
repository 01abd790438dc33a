namespace Garam.Mqtt.Tests.Persistence;

/// <summary>A folder of the test's own, gone with it.</summary>
internal sealed class StateFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("garam-mqtt-").FullName;

    public string Journal => System.IO.Path.Combine(Path, "mqtt-state.journal");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
