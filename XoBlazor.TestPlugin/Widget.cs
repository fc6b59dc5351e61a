using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace XoBlazor.TestPlugin;

/// <summary>Something of a plugin's that a page shows.</summary>
public sealed class Widget : ComponentBase
{
    [Parameter]
    public string Text { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "p");
        builder.AddContent(1, Text);
        builder.CloseElement();
    }
}
