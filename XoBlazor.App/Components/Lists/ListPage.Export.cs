namespace XoBlazor.App.Components.Lists;

/// <summary>The list as a file.</summary>
public sealed partial class ListPage<T>
{
    private Task ExportAsync(bool isCsv)
    {
        _isExporting = false;
        var columns = Shown.Select(s => s.Column).ToList();
        return Browser.SaveAsync(isCsv ? ListExport.Csv(_result, Scene, columns) : ListExport.Json(_result, Scene, columns), $"{List.Title.ToLowerInvariant()}.{(isCsv ? "csv" : "json")}", isCsv ? "text/csv" : "application/json");
    }
}
