using Microsoft.JSInterop;

namespace XoBlazor.App.Components.Lists;

/// <summary>The list as a file.</summary>
public sealed partial class ListPage<T>
{
    private async Task ExportAsync(bool isCsv)
    {
        _isExporting = false;
        var columns = Shown.Select(s => s.Column).ToList();
        using var content = new MemoryStream(isCsv ? ListExport.Csv(_result, Scene, columns) : ListExport.Json(_result, Scene, columns));
        using var stream = new DotNetStreamReference(content);
        await (await ScriptAsync()).InvokeVoidAsync("save", stream, $"{List.Title.ToLowerInvariant()}.{(isCsv ? "csv" : "json")}", isCsv ? "text/csv" : "application/json");
    }
}
