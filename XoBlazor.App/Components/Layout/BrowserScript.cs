using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace XoBlazor.App.Components.Layout;

/// <summary>The frame's script in this circuit's browser. What a person asked for before it is there waits for it; other calls then, and all after the browser left, do nothing.</summary>
public sealed class BrowserScript(IJSRuntime runtime)
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IJSObjectReference? _module;

    /// <summary>Listens for the console's keys; <paramref name="frame"/> gets those that open something.</summary>
    public async Task<BrowserState?> StartAsync(DotNetObjectReference<ConsoleLayout> frame, string address)
    {
        _module = await runtime.InvokeAsync<IJSObjectReference>("import", address);
        _started.TrySetResult();
        return await _module.InvokeAsync<BrowserState?>("start", frame, Place.All.ToDictionary(p => p.Key, p => p.Url));
    }

    public async Task StopAsync()
    {
        var module = _module;
        _module = null;
        if (module is null)
            return;
        try
        {
            await module.InvokeVoidAsync("stop");
            await module.DisposeAsync();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and the script with it.
        }
    }

    /// <summary>Keeps a choice in the browser; an empty value forgets it.</summary>
    public Task KeepAsync(string name, string value) => CallOnceStartedAsync("keep", name, value);

    public Task ToggleRailAsync() => CallOnceStartedAsync("toggleRail");

    /// <summary>Gives the focus to the page's heading, unless the person has put it somewhere since the page was asked for.</summary>
    public Task FocusHeadingAsync() => CallOnceStartedAsync("focusHeading");

    /// <summary>Scrolls a virtualised box so that its line <paramref name="at"/> is in view, beside a heading (and footer) of so many pixels that stays.</summary>
    public Task RevealAsync(ElementReference box, int at, int heading = 0) => CallAsync("reveal", box, at, heading);

    /// <summary>Scrolls a row of links so that the open one is in view.</summary>
    public Task ShowCurrentAsync(ElementReference strip) => CallAsync("showCurrent", strip);

    /// <summary>Gives the focus to a sheet's first field, or to the sheet where it has none, and remembers who had it.</summary>
    public Task MoveFocusAsync(ElementReference sheet) => CallOnceStartedAsync("moveFocus", sheet);

    /// <summary>Gives the person a file that was made here.</summary>
    /// <param name="type">Its media type.</param>
    public async Task SaveAsync(byte[] content, string name, string type)
    {
        using var bytes = new MemoryStream(content);
        using var stream = new DotNetStreamReference(bytes);
        await CallOnceStartedAsync("save", stream, name, type);
    }

    /// <summary>When the sheet closes.</summary>
    public async Task ReturnFocusAsync()
    {
        try
        {
            await CallAsync("returnFocus");
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone.
        }
    }

    private async Task CallOnceStartedAsync(string function, params object?[] arguments)
    {
        await _started.Task;
        await CallAsync(function, arguments);
    }

    private async Task CallAsync(string function, params object?[] arguments)
    {
        if (_module is { } module)
            await module.InvokeVoidAsync(function, arguments);
    }
}
