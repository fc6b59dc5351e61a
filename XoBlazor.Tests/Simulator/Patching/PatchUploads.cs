namespace XoBlazor.Tests.Simulator.Patching;

/// <summary>Files sent to a pool as clients do: with their length, in a task that tells how it went.</summary>
internal static class PatchUploads
{
    /// <summary>Uploads a patch; how its task ended, and with what.</summary>
    public static async Task<(string Status, string Result)> PutAsync(PatchingPool pool, byte[] file)
    {
        var task = await pool.CallAsync("task.create", "upload", "");
        await SendAsync(pool, $"pool_patch_upload?session_id={pool.Client.Session}&task_id={task.GetString()}", file);
        var end = await pool.EndAsync(task);
        return (end.Status, end.Status == "success" ? pool.Db.Get("task", task.GetString()!).Text("result") : string.Join(' ', end.Error));
    }

    public static async Task SendAsync(PatchingPool pool, string path, byte[] content)
    {
        using var http = new HttpClient { BaseAddress = pool.Pool.HttpUrl };
        using var body = new ByteArrayContent(content);
        using var answer = await http.PutAsync(new Uri(path, UriKind.Relative), body, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
    }
}
