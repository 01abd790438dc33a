using Garam.Platform.Detection;
using Garam.Platform.Devices;

namespace Garam.Platform.Rules.BackTest;

/// <summary>
/// Devices that have to be judged together, because a rule looks across them. Within a cohort readings are taken in order of time over all its
/// devices; cohorts know nothing of each other and run beside each other.
/// </summary>
internal static class Cohorts
{
    /// <param name="scopes">The scopes that rules look across; none makes each device a cohort of its own.</param>
    public static IReadOnlyList<IReadOnlyList<Device>> Of(IReadOnlyList<Device> devices, IReadOnlySet<RuleScope> scopes, DeviceRegistry registry)
    {
        // Union of sets by their smallest member: a device may belong to a site and a hub, and so join both.
        var parent = Enumerable.Range(0, devices.Count).ToArray();
        foreach (var scope in scopes)
        {
            var first = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < devices.Count; i++)
            {
                if (SubjectOf(scope, DeviceFacts.Of(devices[i], registry)) is not { } subject)
                    continue;
                if (!first.TryAdd(subject, i))
                    Join(Root(first[subject]), Root(i));
            }
        }

        return [.. Enumerable.Range(0, devices.Count).GroupBy(Root).Select(g => (IReadOnlyList<Device>)[.. g.Select(i => devices[i])])];

        int Root(int i)
        {
            while (parent[i] != i)
                i = parent[i] = parent[parent[i]];
            return i;
        }

        void Join(int a, int b) => parent[Math.Max(a, b)] = Math.Min(a, b);
    }

    private static string? SubjectOf(RuleScope scope, DeviceFacts facts) => scope switch
    {
        RuleScope.Site => facts.Site,
        RuleScope.Customer => facts.Customer,
        RuleScope.Hub => facts.Hub,
        _ => "",
    };
}
