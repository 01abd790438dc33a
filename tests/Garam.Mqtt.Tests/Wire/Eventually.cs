namespace Garam.Mqtt.Tests.Wire;

/// <summary>Waits for a condition, with a limit.</summary>
internal static class Eventually
{
    public static async Task ShouldAsync(Func<bool> condition, string what)
    {
        var deadline = Environment.TickCount64 + 10_000;
        while (!condition())
        {
            if (Environment.TickCount64 > deadline)
                throw new TimeoutException("Did not happen within 10 s: " + what);
            await Task.Yield();
            await Task.Delay(5);
        }
    }
}
