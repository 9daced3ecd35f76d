using Connect.Domain.Programs;
using Microsoft.ML;

namespace Connect.Benchmarks.Quality;

/// <summary>A linear model (maximum entropy) over the n-grams of up to four characters of a title, which tells its kind.</summary>
internal sealed class LinearKinds
{
    private const int NgramLength = 4;

    private readonly PredictionEngine<Row, Prediction> _engine;

    private LinearKinds(PredictionEngine<Row, Prediction> engine) => _engine = engine;

    /// <summary>Trains on labelled announcements; the same ones give the same model.</summary>
    public static LinearKinds Train(IEnumerable<LabelledAnnouncement> announcements)
    {
        var context = new MLContext(seed: 1);
        var rows = context.Data.LoadFromEnumerable(announcements.Select(one => new Row { Title = one.Title, Kind = one.Kind.ToString() }));
        var pipeline = context.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Kind))
            .Append(context.Transforms.Text.NormalizeText("Text", nameof(Row.Title)))
            .Append(context.Transforms.Text.TokenizeIntoCharactersAsKeys("Characters", "Text"))
            .Append(context.Transforms.Text.ProduceNgrams("Ngrams", "Characters", NgramLength, useAllLengths: true, maximumNgramsCount: 1_000_000))
            .Append(context.Transforms.NormalizeLpNorm("Features", "Ngrams"))
            .Append(context.MulticlassClassification.Trainers.SdcaMaximumEntropy(new Microsoft.ML.Trainers.SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 }))
            .Append(context.Transforms.Conversion.MapKeyToValue(nameof(Prediction.Found), "PredictedLabel"));
        return new(context.Model.CreatePredictionEngine<Row, Prediction>(pipeline.Fit(rows)));
    }

    /// <summary>The likeliest of the kinds that it was trained on.</summary>
    public ProgramKind Classify(string title) => Enum.Parse<ProgramKind>(_engine.Predict(new Row { Title = title }).Found);

    private sealed class Row
    {
        public string Title { get; set; } = "";

        public string Kind { get; set; } = "";
    }

    private sealed class Prediction
    {
        public string Found { get; set; } = "";
    }
}
