using MyPlugin;
using XoBlazor.Plugins;

// Only for "command": ["dotnet", "MyPlugin.dll"] in plugin.json, in the place of "assembly": then it runs as a process of its own.
return await PluginProgram.RunAsync(new CountingPlugin(), args);
