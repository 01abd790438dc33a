using System.CommandLine;
using Garam.Bench;
using Garam.Simulate.Run;

namespace Garam.Simulate;

/// <summary>`garam simulate`: plausible devices of a pack, sending over MQTT.</summary>
public static class SimulateCommand
{
    private const string Usual = "normal";

    /// <summary>The command, to be added to the root.</summary>
    public static Command Create()
    {
        var pack = new Argument<string>("PACK") { Description = $"one of {string.Join(", ", PackSimulators.Packs)}" };
        var devices = new Option<int>("--devices") { Description = "how many devices", DefaultValueFactory = _ => 20 };
        var rate = new Option<double>("--rate") { Description = "messages per second of the whole fleet", DefaultValueFactory = _ => 10 };
        var duration = new Option<TimeSpan?>("--for") { Description = "how long, for example 30s; without it until Ctrl-C", CustomParser = DurationOption.ParseOptional };
        var profile = new Option<string>("--profile") { Description = $"what happens; fire: {string.Join(", ", PackSimulators.Profiles("fire"))}", DefaultValueFactory = _ => Usual };
        var url = new Option<Uri>("--url") { Description = "mqtt://[user:password@]host[:port] of the broker", DefaultValueFactory = _ => new Uri("mqtt://127.0.0.1:1883"), CustomParser = result => UrlOf(result, "mqtt") };
        var http = new Option<Uri?>("--http") { Description = "address of the node that registers the devices (default: port 8080 of the broker's host)", CustomParser = result => UrlOf(result, "http", "https") };
        var token = new Option<string?>("--token") { Description = "API token for registering (or GARAM_TOKEN)", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("GARAM_TOKEN") };
        var seed = new Option<ulong>("--seed") { Description = "the same seed is the same fleet", DefaultValueFactory = _ => 1 };
        BenchCommand.Between(devices, 1, 100_000);
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is var value && !(value > 0 && value <= 1_000_000))
                result.AddError($"--rate takes a number above 0, at most 1000000, not {value}.");
        });

        var command = new Command("simulate", "Plausible devices of a pack, sending over MQTT.")
        {
            pack, devices, rate, duration, profile, url, http, token, seed,
        };
        command.Validators.Add(result =>
        {
            // Not asked for here: an option that was not given has no value yet while the line is checked.
            var (chosen, wanted) = (result.GetResult(pack)?.Tokens is [var name] ? name.Value : "", result.GetResult(profile)?.Tokens is [var one] ? one.Value : Usual);
            var known = PackSimulators.Profiles(chosen);
            if (known.Count == 0)
                result.AddError($"'{chosen}' is no pack; known are {string.Join(", ", PackSimulators.Packs)}.");
            else if (!known.Contains(wanted))
                result.AddError($"--profile: the pack '{chosen}' knows {string.Join(", ", known)}, not '{wanted}'.");
        });
        command.SetAction((arguments, cancellation) => new Simulation(new SimulateOptions
        {
            Pack = arguments.GetRequiredValue(pack),
            Devices = arguments.GetValue(devices),
            Rate = arguments.GetValue(rate),
            Duration = arguments.GetValue(duration),
            Profile = arguments.GetRequiredValue(profile),
            Broker = arguments.GetRequiredValue(url),
            Http = arguments.GetValue(http),
            Token = arguments.GetValue(token),
            Seed = arguments.GetValue(seed),
        }).RunAsync(cancellation));
        return command;
    }

    internal static Uri UrlOf(System.CommandLine.Parsing.ArgumentResult result, params string[] schemes)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && schemes.Contains(url.Scheme) && url.Host.Length > 0)
            return url;
        result.AddError($"'{text}' is no address; write for example {schemes[0]}://127.0.0.1.");
        return new Uri("about:blank");
    }
}
