using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Live;

/// <summary>What there is to know of the object whose link is pointed at or has the focus; current while it is looked at.</summary>
public sealed partial class HoverCard
{
    private DotNetObjectReference<HoverCard>? _self;
    private IJSObjectReference? _script;
    private (PoolPicture Picture, XapiObject Object)? _shown;
    private IReadOnlyList<(string Term, string Text)> _facts = [];
    private string? _address;
    private double _x;
    private double _y;
    private bool _isAbove;

    [Inject]
    private IJSRuntime Runtime { get; set; } = default!;

    /// <summary>Shows the card of the object that a link leads to; false where there is nothing to show.</summary>
    /// <param name="address">The link's address within the console.</param>
    /// <param name="x">Where the card begins, in pixels from the left.</param>
    /// <param name="y">The link's edge that the card touches, in pixels from the top of the window, or from its bottom for a card above.</param>
    [JSInvokable]
    public bool Show(string address, double x, double y, bool isAbove)
    {
        (_address, _x, _y, _isAbove) = (address, x, y, isAbove);
        Read();
        StateHasChanged();
        return _shown is not null;
    }

    [JSInvokable]
    public void Hide()
    {
        (_address, _shown) = (null, null);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        try
        {
            if (_script is not null)
            {
                await _script.InvokeVoidAsync("stop");
                await _script.DisposeAsync();
            }
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone.
        }

        _self?.Dispose();
    }

    protected override bool IsDifferent(Scene before) => _address is not null && Read();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _self = DotNetObjectReference.Create(this);
        _script = await Runtime.InvokeAsync<IJSObjectReference>("import", "/" + Assets["Components/Live/HoverCard.razor.js"]);
        await _script.InvokeVoidAsync("start", _self);
    }

    private static string Pixels(double value) => value.ToString("0", CultureInfo.InvariantCulture) + "px";

    private bool Read()
    {
        var before = (_shown, _facts);
        _shown = Find();
        _facts = _shown is { } shown ? ObjectFacts.Of(shown.Picture, shown.Object) : [];
        return _shown?.Object != before._shown?.Object || !_facts.SequenceEqual(before._facts);
    }

    private (PoolPicture, XapiObject)? Find()
    {
        var parts = (_address ?? "").Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        if (parts.Length < 2 || Scene.Pool(parts[1])?.Picture is not { } picture)
            return null;
        var found = parts.Length == 2 ? picture.Pool : picture.Find<XapiObject>(parts[2]);
        return found is null ? null : (picture, found);
    }
}
