using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace XoBlazor.App.Components.Consoles;

/// <summary>One open console in the browser. Calls after the browser has gone do nothing.</summary>
internal sealed class ConsoleScript : IAsyncDisposable
{
    private readonly IJSObjectReference _module;
    private readonly IJSObjectReference _console;

    private ConsoleScript(IJSObjectReference module, IJSObjectReference console) => (_module, _console) = (module, console);

    /// <summary>
    /// Loads the module at <paramref name="address"/> and opens a console in a place of the page, as it is by then; what it hears goes to <paramref name="listener"/>.
    /// Null when the place was taken away meanwhile.
    /// </summary>
    public static async Task<(ConsoleScript Script, ConsoleLook? Kept)?> OpenAsync(
        IJSRuntime runtime, string address, Func<ElementReference> place, ElementReference field, DotNetObjectReference<ConsoleView> listener, string label, ConsoleLook look)
    {
        var module = await runtime.InvokeAsync<IJSObjectReference>("import", address);
        var kept = await module.InvokeAsync<ConsoleLook?>("kept");
        if (await module.InvokeAsync<IJSObjectReference?>("open", place(), field, listener, label, kept ?? look) is { } console)
            return (new(module, console), kept);
        await module.DisposeAsync();
        return null;
    }

    public async Task CallAsync(string function, params object?[] arguments)
    {
        try
        {
            await _console.InvokeVoidAsync(function, arguments);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and the console with it.
        }
    }

    /// <summary>True when it was done to its end.</summary>
    public async Task<bool> AskAsync(string function, params object?[] arguments)
    {
        try
        {
            return await _console.InvokeAsync<bool>(function, arguments);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CallAsync("close");
        try
        {
            await _console.DisposeAsync();
            await _module.DisposeAsync();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // As above.
        }
    }
}
