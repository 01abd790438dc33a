using System.Collections.Concurrent;

namespace Garam.Browser;

/// <summary>A person with a browser profile of their own and one page open.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    public Visitor(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout(20_000);
        // The first pages of a program that still compiles itself, on a machine that is overloaded.
        page.SetDefaultNavigationTimeout(60_000);
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _complaints.Enqueue(message.Text);
        };
        page.Dialog += (_, dialog) => _complaints.Enqueue($"a dialog said: {dialog.Message}");
    }

    public IPage Page { get; }

    /// <summary>Errors on the browser's console, scripts that failed, rules of the content policy that were broken.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public IBrowserContext Context => _context;

    public async Task<IResponse?> GoAsync(string path) => await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });

    /// <summary>Waits until a click has led to this address, and all of the page is there.</summary>
    public async Task AtAsync(string pattern)
    {
        await Page.WaitForURLAsync(pattern, new() { WaitUntil = WaitUntilState.Commit });
        await LoadedAsync();
    }

    /// <summary>Waits until all of the page is there. It is asked: its load event may have come before anybody waits for it.</summary>
    public Task LoadedAsync() => Page.WaitForFunctionAsync("() => document.readyState === 'complete'");

    /// <summary>Waits until the stream is open and has said something.</summary>
    public Task LiveAsync() => Page.WaitForSelectorAsync("html[data-line=live]", new() { State = WaitForSelectorState.Attached });

    public ILocator this[string selector] => Page.Locator(selector);

    public ILocator this[string selector, string text] => Page.Locator(selector).Filter(new() { HasText = text });

    /// <summary>The page's text as a person reads it.</summary>
    public Task<string> TextAsync() => Page.InnerTextAsync("body");

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
