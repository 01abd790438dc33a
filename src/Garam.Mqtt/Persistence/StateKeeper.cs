using Garam.Mqtt.Broker;
using Garam.Mqtt.Retained;
using Garam.Mqtt.Sessions;
using Microsoft.Extensions.Logging;

namespace Garam.Mqtt.Persistence;

internal sealed class StateKeeper(string folder, MqttOptions options, RetainedStore retained, SessionRegistry sessions, TimeProvider time, ILogger logger) : IDisposable
{
    public void Load() { _ = (folder, options, retained, sessions, time, logger); }
    public void Flush() { }
    public void FlushWhenDue(long t) { }
    public void Dispose() { }
}
