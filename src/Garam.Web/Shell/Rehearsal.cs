using System.Net;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Rest;
using Garam.Web.Alarms;
using Garam.Web.Devices;
using Garam.Web.Fleet;
using Garam.Web.Home;
using Garam.Web.Visits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Garam.Web.Shell;

/// <summary>
/// Renders the pages that people open first once after the start, for nobody: the first person then waits for no compiler. A device that is in
/// no registry stands for all of them, so that it works on an empty node too.
/// </summary>
internal sealed partial class Rehearsal(
    IServiceScopeFactory scopes, CardDeck deck, IHostApplicationLifetime life, TimeProvider time, ILogger<Rehearsal> logger) : BackgroundService
{
    private const string DeviceName = "rehearsal";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = life.ApplicationStarted.Register(started.SetResult);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            await PlayAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program goes down, or never came up: a port was taken.
        }
        catch (Exception e)
        {
            // Nobody waits for it, and the same fault will show on the page itself.
            Failed(logger, e);
        }
    }

    /// <summary>Renders each of them once.</summary>
    internal async Task PlayAsync(CancellationToken stopping)
    {
        deck.Card(Device());
        await PlayAsync(_ => PageResult.Of<RehearsalPage>(new { Filter, List, Card = Card() }), stopping);
        await PlayAsync(http => PageResult.Of<DevicePage>(new { Device = Device(), Query = Query(http) }), stopping);
        await PlayAsync(http => PageResult.Of<AlarmsPage>(new { Query = AlarmsQuery.Of(http.Request.Query) }), stopping);
    }

    private async Task PlayAsync(Func<HttpContext, IResult> page, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        await using var scope = scopes.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = stopping };
        http.Request.Method = HttpMethods.Get;
        http.Request.Scheme = Uri.UriSchemeHttp;
        http.Request.Host = new HostString("localhost");
        http.Request.Path = "/";
        http.Response.Body = Stream.Null;
        http.Features.Set(new Caller(Principal.Local, IPAddress.Loopback, null));
        var accessor = scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>();
        accessor.HttpContext = http;
        await page(http).ExecuteAsync(http);
    }

    private static HomeFilter Filter => HomeFilter.Of(QueryCollection.Empty);

    private static HomeList List => new(1, [], 1, [(Condition.Normal, 1)], [], [], [], []);

    private Card Card()
    {
        var reading = new Reading("temperature", 20, false, "celsius", null, null, TimeParameter.ToUs(time.GetUtcNow()), false);
        double[] hour = [19, double.NaN, 21];
        return new Card(Device(), "", reading, GaugeScale.Of(reading, hour, 60), hour, null, [reading]);
    }

    private FleetDevice Device() => DeviceId.TryParse(DeviceName, out var id, out var problem)
        ? new FleetDevice(new DeviceEntry(Platform.Devices.Device.FirstSeen(id, null, null, TimeParameter.ToUs(time.GetUtcNow()))), null, "", Condition.Normal)
        : throw new InvalidOperationException(problem);

    private static DeviceQuery Query(HttpContext http) => DeviceQuery.Of(DeviceName, http.Request.Query, http.RequestServices.GetRequiredService<Visit>());

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pages could not be rehearsed; the first visit will be slower.")]
    private static partial void Failed(ILogger logger, Exception e);
}
