using Microsoft.Playwright;

namespace XoBlazor.Tests.Components.Support;

/// <summary>A field for files as a person uses it, who is slower than a page.</summary>
internal static class FileField
{
    /// <summary>Chooses a file once somebody hears of it: Blazor marks its fields then.</summary>
    public static async Task ChooseAsync(this ILocator field, string name, string type, byte[] content)
    {
        await field.Page.WaitForFunctionAsync("field => field._blazorInputFileNextFileId !== undefined", await field.ElementHandleAsync());
        await field.SetInputFilesAsync(new FilePayload { Name = name, MimeType = type, Buffer = content });
    }
}
