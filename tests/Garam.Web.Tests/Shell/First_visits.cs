using Garam.Packs.Fire;
using Garam.Platform;
using Garam.Platform.Configuration;
using Garam.Platform.Ingress;
using Garam.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Web.Tests.Shell;

public sealed class First_visits
{
    [Fact]
    public async Task The_pages_are_rehearsed_on_a_node_without_devices_and_leave_none()
    {
        var folder = Directory.CreateTempSubdirectory("garam-rehearsal-").FullName;
        var options = new GaramOptions { Data = folder, Log = new LogStoreOptions { ReserveMegabytes = 0 } };
        await using (var node = GaramNode.Open(options, [], PackCode.None, TimeProvider.System, NullLoggerFactory.Instance))
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Services.AddGaramNode(node);
            builder.Services.AddGaramWeb();
            builder.Services.AddFirePack();
            await using var app = builder.Build();

            await app.Services.GetServices<IHostedService>().OfType<Rehearsal>().Single().PlayAsync(TestContext.Current.CancellationToken);

            node.Registry.Count.ShouldBe(0);
            app.Services.GetRequiredService<IHttpContextAccessor>().HttpContext.ShouldBeNull();
        }

        Directory.Delete(folder, recursive: true);
    }
}
