using System.Xml.Linq;

namespace Garam.Architecture;

public sealed class Project_references
{
    [Fact]
    public void Every_project_of_the_product_is_a_room_of_the_architecture_document_and_no_room_is_missing() =>
        Project.Under("src").Select(project => project.Name).Order()
            .ShouldBe(Room.All.Select(room => room.Name).Order(), $"the table of rooms in {Room.Document}");

    [Fact]
    public void A_project_refers_only_to_the_rooms_the_architecture_document_allows()
    {
        var allowed = Room.All.ToDictionary(room => room.Name, room => room.MayReference);
        var wrong =
            from project in Project.Under("src")
            from reference in project.References
            where !allowed.GetValueOrDefault(project.Name, []).Contains(reference)
            select $"{project.Path} refers to {reference}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void References_point_only_upward_in_the_document()
    {
        var order = Room.All.Select((room, row) => (room.Name, row)).ToDictionary(pair => pair.Name, pair => pair.row);
        var wrong =
            from room in Room.All
            from reference in room.MayReference
            where !order.TryGetValue(reference, out var row) || row >= order[room.Name]
            select $"{room.Name} may refer to {reference}, which is no row above it";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void The_product_does_not_refer_to_tests_or_benchmarks()
    {
        var outside = Project.All.Where(project => !project.Path.StartsWith("src/", StringComparison.Ordinal)).Select(project => project.Name).ToHashSet();
        Project.Under("src").Where(project => project.References.Any(outside.Contains)).Select(project => project.Path).ShouldBeEmpty();
    }

    [Fact]
    public void A_test_project_tests_the_room_it_is_named_after()
    {
        var wrong =
            from project in Project.Under("tests")
            where project.Name.EndsWith(".Tests", StringComparison.Ordinal) && project.References.Count > 0
            where !project.References.Contains(project.Name[..^".Tests".Length])
            select project.Path;
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var listed = XDocument.Parse(Repository.Read("Garam.slnx")).Descendants("Project").Select(item => (string?)item.Attribute("Path")).OfType<string>();
        listed.Order().ShouldBe(Project.All.Select(project => project.Path).Order());
    }

    [Fact]
    public void Every_project_locks_its_packages() =>
        Project.All.Where(project => !Repository.Exists($"{project.Folder}/packages.lock.json")).Select(project => project.Path).ShouldBeEmpty();

    [Fact]
    public void Package_versions_stand_only_in_the_central_file()
    {
        var central = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion").Select(item => (string?)item.Attribute("Include")).ToHashSet();
        var wrong =
            from project in Project.All
            from package in project.Packages
            where !central.Contains(package)
            select $"{project.Path}: {package}";
        wrong.ShouldBeEmpty();
        Project.All.Where(project => Repository.Read(project.Path).Contains("Version=\"", StringComparison.Ordinal)).Select(project => project.Path).ShouldBeEmpty();
    }
}
