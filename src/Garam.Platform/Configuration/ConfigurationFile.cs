using System.Collections;
using System.Globalization;
using Garam.Decoding.Specs;
using Microsoft.Extensions.Configuration;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Garam.Platform.Configuration;

/// <summary>
/// Reads <c>garam.yaml</c> and the environment into <see cref="GaramOptions"/>. Keys are written <c>payload_bytes_max</c>; a key that does
/// not exist is an error with its place, not a silent default.
/// </summary>
public static class ConfigurationFile
{
    private const string EnvironmentPrefix = "GARAM__";

    /// <param name="file">The file; null or absent leaves the defaults.</param>
    /// <param name="environment">Variables of the process; <c>GARAM__MQTT__PORT</c> wins over the file.</param>
    /// <param name="overrides">Flags of the command line by key (<c>mqtt:port</c>); they win over both.</param>
    /// <param name="problems">Everything wrong, as <c>file:line:column: what is wrong. What to do.</c></param>
    public static GaramOptions Load(
        string? file, IDictionary environment, IReadOnlyDictionary<string, string?> overrides, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        problems = found;
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (file is not null)
            ReadYaml(file, values, found);
        foreach (DictionaryEntry entry in environment)
        {
            if (entry.Key is string name && name.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
                Put(values, name[EnvironmentPrefix.Length..].ToLowerInvariant().Replace("__", ":", StringComparison.Ordinal), (string?)entry.Value, name, found);
        }

        foreach (var (key, value) in overrides)
            values[Plain(key)] = value;
        if (found.Count > 0)
            return new GaramOptions();
        try
        {
            var options = new ConfigurationBuilder().AddInMemoryCollection(values).Build().Get<GaramOptions>() ?? new GaramOptions();
            found.AddRange(options.Problems());
            return options;
        }
        catch (InvalidOperationException e)
        {
            found.Add($"{file ?? "configuration"}: {e.InnerException?.Message ?? e.Message}");
            return new GaramOptions();
        }
    }

    private static void ReadYaml(string file, Dictionary<string, string?> values, List<string> problems)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(File.ReadAllText(file)));
            if (stream.Documents.Count > 0)
                Flatten(stream.Documents[0].RootNode, "", file, values, problems);
        }
        catch (YamlException e)
        {
            problems.Add(new SpecProblem(file, (int)e.Start.Line, (int)e.Start.Column, $"this is not YAML", $"Mend the indentation, quotes or brackets here.").ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{file}: the file cannot be read ({e.Message}). Check the path and its permissions.");
        }
    }

    private static void Flatten(YamlNode node, string path, string file, Dictionary<string, string?> values, List<string> problems)
    {
        switch (node)
        {
            case YamlMappingNode map:
                foreach (var (key, value) in map.Children)
                    Flatten(value, path.Length == 0 ? key.ToString() : $"{path}:{key}", file, values, problems);
                break;
            case YamlSequenceNode list:
                for (var i = 0; i < list.Children.Count; i++)
                    Flatten(list.Children[i], string.Create(CultureInfo.InvariantCulture, $"{path}:{i}"), file, values, problems);
                break;
            case YamlScalarNode scalar when path.Length > 0:
                Put(values, path, scalar.Value, $"{file}:{scalar.Start.Line}:{scalar.Start.Column}", problems);
                break;
        }
    }

    private static void Put(Dictionary<string, string?> values, string key, string? value, string place, List<string> problems)
    {
        if (ConfigurationKeys.IsKnown(key, out var nearest))
            values[Plain(key)] = value;
        else
            problems.Add($"{place}: there is no setting '{key.Replace(':', '.')}'. {(nearest is null ? "See docs/reference/configuration.md." : $"Did you mean '{nearest}'?")}");
    }

    /// <summary>As the binder compares names: without underscores.</summary>
    internal static string Plain(string key) => key.Replace("_", "", StringComparison.Ordinal);
}
