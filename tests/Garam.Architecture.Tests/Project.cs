using System.Xml.Linq;

namespace Garam.Architecture;

/// <summary>One project file: its name, its folder and what it refers to.</summary>
internal sealed record Project(string Path, string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    public static IEnumerable<Project> All => Repository.Files.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)).Select(Load);

    public static IEnumerable<Project> Under(string folder) => All.Where(project => project.Path.StartsWith(folder + "/", StringComparison.Ordinal));

    private static Project Load(string path)
    {
        var xml = XDocument.Parse(Repository.Read(path));
        return new Project(
            path,
            System.IO.Path.GetFileNameWithoutExtension(path),
            [.. Includes(xml, "ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))],
            [.. Includes(xml, "PackageReference")]);
    }

    private static IEnumerable<string> Includes(XDocument xml, string element) =>
        xml.Descendants(element).Select(item => (string?)item.Attribute("Include")).OfType<string>();
}
