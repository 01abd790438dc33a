namespace Garam.Platform.Tests;

/// <summary>Packs in force, and changed while running.</summary>
public sealed class Pack_catalog : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackFolders _packs;

    public Pack_catalog() => _packs = new PackFolders(_folder);

    public void Dispose()
    {
        _packs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Products_and_routes_of_all_packs_are_in_force()
    {
        _packs.WriteProduct("a", "one", Spec("one"));
        _packs.WriteProduct("b", "two", Spec("two"));
        _packs.WriteRoutes("b", "routes: [{topic: 'b/{device}', product: two}]");

        var set = _packs.Open().Current;

        set.Problems.ShouldBeEmpty();
        set.Packs.ShouldBe(["a", "b", "local"]);
        set.Products.Select(p => (p.Id, p.Pack)).ShouldBe([("one", "a"), ("two", "b")], ignoreOrder: true);
        set.Routes.Match("b/x", out _, out _)!.Product.ShouldBe("two");
    }

    [Fact]
    public void A_changed_file_is_in_force_after_a_reload_and_the_others_keep_their_decoder()
    {
        _packs.WriteProduct("a", "one", Spec("one"));
        _packs.WriteProduct("a", "two", Spec("two"));
        var catalog = _packs.Open();
        var before = catalog.Current;
        _packs.WriteProduct("a", "one", Spec("one", version: 2));

        var after = catalog.Reload();

        Product(after, "one").Spec.Version.ShouldBe(2);
        Product(after, "two").ShouldBeSameAs(Product(before, "two"));
    }

    [Fact]
    public void A_file_with_an_error_keeps_what_it_held_and_says_where_and_why()
    {
        var file = _packs.WriteProduct("a", "one", Spec("one"));
        var catalog = _packs.Open();
        _packs.WriteProduct("a", "one", "product_type: one\nformat: morse\n");

        catalog.Reload();
        var twice = catalog.Reload();

        Product(twice, "one").Spec.Version.ShouldBe(1);
        twice.Problems[0].ToString().ShouldStartWith($"{file}:2:");
    }

    [Fact]
    public void A_mended_file_has_no_problem_any_more()
    {
        _packs.WriteProduct("a", "one", "product_type: [");
        var catalog = _packs.Open();
        catalog.Current.Problems.ShouldNotBeEmpty();
        _packs.WriteProduct("a", "one", Spec("one"));

        catalog.Reload().Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_routes_file_with_an_error_keeps_the_former_routes()
    {
        _packs.WriteRoutes("a", "routes: [{topic: 'a/{device}'}]");
        var catalog = _packs.Open();
        _packs.WriteRoutes("a", "routes: [{topic: 'a/+'}]");

        var set = catalog.Reload();

        set.Routes.Match("a/x", out _, out _).ShouldNotBeNull();
        set.Problems.Single().ToString().ShouldContain("routes.yaml:1:");
    }

    [Theory]
    [InlineData("routes: {topic: x}")]
    [InlineData("- topic: a")]
    [InlineData("routes: [x]")]
    [InlineData("routes: [{product: p}]")]
    [InlineData("routes: [{topic: 'a/{device}', colour: red}]")]
    [InlineData("routes: [\n")]
    public void A_routes_file_of_another_shape_is_a_problem_with_a_remedy(string text)
    {
        _packs.WriteRoutes("a", text);

        _packs.Open().Current.Problems.Single().Remedy.ToString().ShouldNotBeEmpty();
    }

    [Fact]
    public void A_removed_file_is_out_of_force()
    {
        var file = _packs.WriteProduct("a", "one", Spec("one"));
        var catalog = _packs.Open();
        File.Delete(file);

        catalog.Reload().Products.ShouldBeEmpty();
    }

    [Fact]
    public void A_product_described_twice_is_a_problem_and_the_first_stays()
    {
        _packs.WriteProduct("a", "one", Spec("one"));
        _packs.WriteProduct("b", "one", Spec("one", version: 2));

        var set = _packs.Open().Current;

        Product(set, "one").Pack.ShouldBe("a");
        set.Problems.Single().Message.ToString().ShouldContain("already described in");
    }

    [Fact]
    public void What_was_put_wins_over_the_packs_and_survives_a_restart()
    {
        _packs.WriteProduct("a", "one", Spec("one"));
        _packs.Open().PutProduct("one", Spec("one", version: 5)).ShouldBeEmpty();

        Product(_packs.Catalog.Current, "one").Spec.Version.ShouldBe(5);
        using var again = new PackFolders(_folder);
        again.WriteProduct("a", "one", Spec("one"));
        var product = Product(again.Open().Current, "one");
        (product.Pack, product.Spec.Version).ShouldBe(("local", 5));
    }

    [Fact]
    public void The_text_before_is_kept_once_and_is_no_product()
    {
        var catalog = _packs.Open();
        foreach (var version in new[] { 1, 2, 3, 3 })
            catalog.PutProduct("one", Spec("one", version)).ShouldBeEmpty();

        catalog.FormerText("one").ShouldBe(Spec("one", version: 2));
        catalog.FormerText("two").ShouldBeNull();
        catalog.FormerText("../one").ShouldBeNull();
        catalog.Reload().Products.ShouldHaveSingleItem().Spec.Version.ShouldBe(3);
        catalog.Current.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_spec_that_cannot_be_written_changes_nothing_and_says_why()
    {
        var catalog = _packs.Open();
        // A folder in the file's place: nothing can be moved onto it.
        _folder.Write("data/packs/local/products/one.yaml/in-the-way", "");

        catalog.PutProduct("one", Spec("one")).ShouldHaveSingleItem().Message.ToString().ShouldContain("cannot be kept");
        catalog.Current.Products.ShouldBeEmpty();
    }

    [Fact]
    public void A_put_spec_with_an_error_changes_nothing()
    {
        _packs.WriteProduct("a", "one", Spec("one"));
        var catalog = _packs.Open();

        catalog.PutProduct("one", "product_type: one\nformat: morse\n").ShouldNotBeEmpty();
        catalog.PutProduct("one", Spec("other")).Single().Message.ToString().ShouldContain("is for `other`");

        Product(catalog.Current, "one").Spec.Version.ShouldBe(1);
        Directory.EnumerateFileSystemEntries(Path.Combine(_packs.LocalPath, "products")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../one")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("/etc/one")]
    [InlineData("")]
    [InlineData("온도")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public void An_id_that_is_no_plain_name_never_becomes_a_file(string id)
    {
        var catalog = _packs.Open();

        catalog.PutProduct(id, Spec("one")).Single().Message.ToString().ShouldContain("is no product id");
        catalog.PutProduct(id, $"product_type: '{id.Replace("\0", "", StringComparison.Ordinal)}'\nformat: json\n").ShouldNotBeEmpty();

        Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_saved_by_an_editor_is_taken_over_while_running()
    {
        var time = new ManualTime();
        using var packs = new PackFolders(_folder, time);
        packs.WriteProduct("a", "one", Spec("one"));
        var catalog = packs.Open();
        catalog.Watch();
        packs.WriteProduct("a", "one", Spec("one", version: 2));

        await Until.True(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return Product(catalog.Current, "one").Spec.Version == 2;
            },
            "the new version is in force");
    }

    [Fact]
    public void Packs_are_found_by_name_and_a_wrong_name_is_told()
    {
        _packs.WriteProduct("fire", "one", Spec("one"));
        _packs.WriteProduct("plant", "two", Spec("two"));
        var root = _folder.File("packs");

        PackFolder.Find(root, [], out var problem).Select(p => p.Name).ShouldBe(["fire", "plant"]);
        problem.ShouldBeNull();
        PackFolder.Find(root, ["plant"], out problem).Select(p => p.Name).ShouldBe(["plant"]);
        problem.ShouldBeNull();
        PackFolder.Find(root, ["plants"], out problem);
        problem!.ShouldContain("There are: fire, plant.");
        PackFolder.Find(_folder.File("none"), [], out problem);
        problem!.ShouldContain("does not exist");
    }

    private static Product Product(PackSet set, string id) => set.TryGetProduct(id, out var product) ? product : throw new KeyNotFoundException(id);

    private static string Spec(string id, int version = 1) => $"product_type: {id}\nversion: {version}\nformat: json\n";
}
