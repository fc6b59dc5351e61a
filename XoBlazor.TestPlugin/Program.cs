using XoBlazor.Plugins;
using XoBlazor.TestPlugin;

return await PluginProgram.RunAsync(new Trickster(), args);
