using Garam.Platform;
using Garam.Platform.Configuration;
using Garam.Platform.Devices;
using Garam.Platform.Identity;
using Garam.Platform.Ingress;
using Garam.Web.Fleet;
using Garam.Web.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Garam.Web.Tests.Fleet;

public sealed class Live_cards
{
    [Fact]
    public async Task A_renamed_device_is_sent_to_open_pages()
    {
        var folder = Directory.CreateTempSubdirectory("garam-cards-").FullName;
        var options = new GaramOptions { Data = folder, Log = new LogStoreOptions { ReserveMegabytes = 0 } };
        await using (var node = GaramNode.Open(options, [], PackCode.None, TimeProvider.System, NullLoggerFactory.Instance))
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Services.AddGaramNode(node);
            builder.Services.AddGaramWeb();
            await using var app = builder.Build();
            DeviceId.TryParse("pump", out var id, out _).ShouldBeTrue();
            node.Registry.Put(id, d => d with { Title = "Pump" });
            var (fleet, deck) = (app.Services.GetRequiredService<FleetView>(), app.Services.GetRequiredService<CardDeck>());
            var card = new LiveCard("pump", AccessScope.Everything, fleet, app.Services.GetRequiredService<Readings>(), deck, TimeProvider.System);

            Looks(card).ShouldBe(1, "the first look sends it whole");
            Looks(card).ShouldBe(0);
            var former = deck.Card(fleet.Find(AccessScope.Everything, "pump")!);
            node.Registry.Put(id, d => d with { Title = "Cooling pump" });

            Looks(card).ShouldBe(1, "its registration is another");
            former.Of.Title.ShouldBe("Pump");
            deck.Card(fleet.Find(AccessScope.Everything, "pump")!).Of.Title.ShouldBe("Cooling pump");
        }

        Directory.Delete(folder, recursive: true);
    }

    private static int Looks(LiveCard card)
    {
        var changed = new List<RenderFragment>();
        card.Look(changed);
        return changed.Count;
    }
}
