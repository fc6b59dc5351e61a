using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using XoBlazor.App.Components.Operations;

namespace XoBlazor.App.Components.Transfers;

/// <summary>What every page has for transfers: the script, and a file that is dropped begins an import where it was dropped.</summary>
public sealed partial class TransferFrame : IAsyncDisposable
{
    public const string Script = "Components/Transfers/TransferFrame.razor.js";

    private DotNetObjectReference<TransferFrame>? _self;
    private bool _isReady;

    [Inject]
    private BrowserFiles Files { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    /// <param name="name">The file's.</param>
    /// <param name="address">Of the page that it was dropped on, or of the object in the tree.</param>
    [JSInvokable]
    public Task Drop(string name, string address) => Actions.ImportAsync(name, address);

    /// <param name="from">The address of a VM in the tree.</param>
    /// <param name="onto">The address of what it was dropped on.</param>
    [JSInvokable]
    public Task DropVm(string from, string onto) => Actions.DropAsync(from, onto);

    public async ValueTask DisposeAsync()
    {
        await Files.StopAsync();
        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        await Files.StartAsync(_self = DotNetObjectReference.Create(this), "/" + Assets[Script]);
        _isReady = true;
        StateHasChanged();
    }
}
