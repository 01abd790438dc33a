using Garam.Decoding.Specs;
using Garam.Expressions;
using Garam.Platform.Ingress;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Garam.Platform.Packs;

/// <summary>Reads a pack's <c>routes.yaml</c>: a list <c>routes</c> of <c>{topic, product}</c>.</summary>
internal static class RoutesFile
{
    private const int RoutesMax = 1_000;

    public static IReadOnlyList<Route>? Read(string text, string file, List<SpecProblem> problems)
    {
        var found = problems.Count;
        YamlNode root;
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0)
                return [];
            root = stream.Documents[0].RootNode;
        }
        catch (YamlException e)
        {
            problems.Add(new SpecProblem(file, (int)e.Start.Line, (int)e.Start.Column, $"this is not YAML", $"Mend the indentation, quotes or brackets here."));
            return null;
        }

        if (root is not YamlMappingNode map || map.Children.Count != 1 || !map.Children.TryGetValue("routes", out var value) || value is not YamlSequenceNode list)
        {
            problems.Add(At(file, root, $"the file must hold one list named `routes`", $"Write `routes:` and under it `- topic: devices/{{device}}/telemetry`."));
            return null;
        }

        var routes = list.Children.Take(RoutesMax).Select(node => ReadRoute(node, file, problems)).OfType<Route>().ToList();
        return problems.Count > found ? null : routes;
    }

    private static Route? ReadRoute(YamlNode node, string file, List<SpecProblem> problems)
    {
        if (node is not YamlMappingNode map)
        {
            problems.Add(At(file, node, $"a route must be a mapping", $"Write `- topic: devices/{{device}}/telemetry`."));
            return null;
        }

        string? topic = null, product = null;
        YamlNode topicNode = node;
        foreach (var (key, value) in map.Children)
        {
            switch ((key as YamlScalarNode)?.Value)
            {
                case "topic":
                    topic = (value as YamlScalarNode)?.Value;
                    topicNode = value;
                    break;
                case "product":
                    product = (value as YamlScalarNode)?.Value;
                    break;
                default:
                    problems.Add(At(file, key, $"a route has no `{key}`", $"A route has `topic` and `product`."));
                    return null;
            }
        }

        if (topic is null)
        {
            problems.Add(At(file, node, $"the route has no `topic`", $"Write `topic: devices/{{device}}/telemetry`."));
            return null;
        }

        if (Route.TryParse(topic, product, out var problem) is { } route)
            return route;
        problems.Add(At(file, topicNode, problem!, $"For example `devices/{{hub}}/child/{{device}}/telemetry`."));
        return null;
    }

    private static SpecProblem At(string file, YamlNode node, Phrase message, Phrase remedy) =>
        new(file, (int)node.Start.Line, (int)node.Start.Column, message, remedy);
}
