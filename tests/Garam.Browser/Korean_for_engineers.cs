namespace Garam.Browser;

/// <summary>What the system says of mistakes, on a Korean page.</summary>
public sealed class Korean_for_engineers(Dashboard dashboard) : IClassFixture<Dashboard>
{
    private readonly Dashboard _dashboard = dashboard;

    [Theory]
    [InlineData("/new/product", "formt: json", "알 수 없는 키입니다: `formt`. 혹시 `format`인가요?")]
    [InlineData("/new/ruleset", "severty: high", "알 수 없는 키입니다: `severty`.")]
    public async Task A_mistake_is_told_while_typing(string path, string line, string told)
    {
        await using var visitor = await _dashboard.VisitAsync(path, "ko-KR");
        await visitor[".cm-content"].ClickAsync();
        await visitor.Page.Keyboard.PressAsync("Control+End");
        await visitor.Page.Keyboard.InsertTextAsync("\n" + line);
        await visitor["#problems li", told].WaitForAsync();
        (await visitor["#problems"].InnerTextAsync()).ShouldNotContain("unknown");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dead_letter_says_what_was_wrong()
    {
        await _dashboard.Api.SendAsync("korean-01", "0x00FA", "product_a");
        await _dashboard.Api.ShouldBeDeadAsync("korean-01", "truncated");
        await using var visitor = await _dashboard.VisitAsync("/dead-letters", "ko-KR");
        await visitor["tr", "korean-01"].GetByText("바이트 부족").WaitForAsync();
        (await visitor["tr", "korean-01"].InnerTextAsync()).ShouldContain("앞에서 페이로드가 끝났습니다");
        await visitor["tr", "korean-01"].Locator("a").First.ClickAsync();
        await visitor[".note", "앞에서 페이로드가 끝났습니다"].WaitForAsync();
        (await visitor[".meta code"].InnerTextAsync()).ShouldBe("truncated");
        visitor.Complaints.ShouldBeEmpty();
    }
}
