using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace XoBlazor.App.Components.Transfers;

/// <summary>Files in this circuit's browser. Used on the circuit's dispatcher.</summary>
public sealed class BrowserFiles(IJSRuntime runtime)
{
    private string _address = "/" + TransferFrame.Script;
    private Task<IJSObjectReference>? _module;

    /// <summary>Listens for files that are dropped.</summary>
    public Task StartAsync(DotNetObjectReference<TransferFrame> frame, string address)
    {
        _address = address;
        return CallAsync("start", frame);
    }

    public async Task StopAsync()
    {
        if (_module is not { IsCompletedSuccessfully: true })
            return;
        try
        {
            await CallAsync("stop");
            await (await _module).DisposeAsync();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and the script with it.
        }
    }

    /// <summary>The browser fetches what is there and keeps it as a file.</summary>
    public Task FetchAsync(string address) => CallAsync("fetchFile", address);

    /// <summary>The browser begins to send what is chosen in a field; it goes on when the field is gone.</summary>
    public Task SendAsync(ElementReference field, string address) => CallAsync("sendFile", field, address);

    /// <summary>What is chosen in a field; null for nothing.</summary>
    public async Task<ChosenFile?> ChosenAsync(ElementReference field) =>
        await (await ModuleAsync()).InvokeAsync<FileFacts?>("chosen", field) is { } facts ? new(facts.Name, facts.Size, field) : null;

    /// <summary>Puts what was dropped on the page into a field, which tells of it as if it had been chosen there.</summary>
    public Task AdoptAsync(ElementReference field) => CallAsync("adopt", field);

    private async Task CallAsync(string function, params object?[] arguments) => await (await ModuleAsync()).InvokeVoidAsync(function, arguments);

    private Task<IJSObjectReference> ModuleAsync() => _module ??= runtime.InvokeAsync<IJSObjectReference>("import", _address).AsTask();

    private sealed record FileFacts(string Name, long Size);
}

/// <summary>A file that a person has chosen in their browser.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Field">Where it was chosen.</param>
public sealed record ChosenFile(string Name, long Size, ElementReference Field);
