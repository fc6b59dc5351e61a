using Microsoft.AspNetCore.Components;

namespace XoBlazor.App.Components.Layout;

/// <summary>
/// After a navigation to another page keys and screen readers begin at its heading. Unlike <c>FocusOnNavigate</c> it takes the focus from
/// nothing that the person was quicker to choose: a field that is typed into, a dialog that was opened.
/// </summary>
public sealed class FocusHeading : ComponentBase
{
    private Type? _before;
    private bool _isNew;

    [Parameter, EditorRequired]
    public Type Page { get; set; } = default!;

    [Inject]
    private BrowserScript Browser { get; set; } = default!;

    protected override void OnParametersSet()
    {
        _isNew |= Page != _before;
        _before = Page;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isNew)
            return;
        _isNew = false;
        await Browser.FocusHeadingAsync();
    }
}
