using Microsoft.AspNetCore.Components.Rendering;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Components.Settings;

/// <summary>What a question before an act says will happen: plain text, whatever names are in it.</summary>
internal static class Consequence
{
    public static void Draw(RenderTreeBuilder builder, string text)
    {
        builder.OpenElement(0, "p");
        builder.AddContent(1, ForeignText.Shown(text));
        builder.CloseElement();
    }
}
