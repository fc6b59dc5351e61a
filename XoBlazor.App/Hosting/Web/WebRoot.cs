namespace XoBlazor.App.Hosting.Web;

/// <summary>Static files: from inside the executable where it has them, else from the build's folders.</summary>
internal static class WebRoot
{
    public static void AddWebRoot(this WebApplicationBuilder builder)
    {
        if (EmbeddedWebRoot.Exists)
            builder.Environment.WebRootFileProvider = new EmbeddedWebRoot();
        else
            builder.WebHost.UseStaticWebAssets();
    }

    /// <summary>
    /// Maps the files, and pages by way of <paramref name="mapPages"/>, which gets the endpoint list that fingerprinted addresses
    /// are looked up in (null: the one beside the assembly).
    /// </summary>
    public static void MapWebRoot(this WebApplication app, Action<WebApplication, string?>? mapPages = null)
    {
        var endpoints = WriteEndpoints(app.Services.GetRequiredService<DataDirectory>());
        try
        {
            if (endpoints is null)
                app.MapStaticAssets().AllowAnonymous();
            else
                app.MapStaticAssets(endpoints).AllowAnonymous();
            mapPages?.Invoke(app, endpoints);
        }
        finally
        {
            if (endpoints is not null)
                File.Delete(endpoints);
        }
    }

    // The framework reads the list from a file only, and only while mapping.
    private static string? WriteEndpoints(DataDirectory data)
    {
        if (!EmbeddedWebRoot.Exists)
            return null;

        var path = Path.Combine(data.Root, $".endpoints-{Environment.ProcessId}.json");
        using var file = PrivateFile.Create(path);
        using var list = EmbeddedWebRoot.OpenEndpoints();
        list.CopyTo(file);
        return path;
    }
}
