"""The inputs of every model as types. Generated from the catalogue by ``python tools/make_types.py``: do not edit.

Each model has a ``TypedDict`` of its inputs by native name and by role; ``Kie.run`` and ``Kie.submit`` are checked
against it. The client imports nothing from here at run time; who wants a type may::

    from kie.types import Veo31Input

    inputs: Veo31Input = {"prompt": "waves"}

What a model needs is required here, unless it has a default or may be given by native name or by role: then the run
time alone can say that both are missing. None means "not given". The comments are the vendor's facts of the date that
a class names: defaults, ranges, sizes; ``= field`` names the field that a role stands for.
"""
# ruff: noqa: PYI051, RUF022 -- choices beside `str` are what an editor offers

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import Any, Literal, Protocol, Required, TypeAlias, TypedDict

__all__ = [
    "AiMusicApiAddInstrumentalInput",
    "AiMusicApiAddVocalsInput",
    "AiMusicApiBoostMusicStyleInput",
    "AiMusicApiCheckVoiceInput",
    "AiMusicApiConvertToWavFormatInput",
    "AiMusicApiCoverGenerateInput",
    "AiMusicApiCreateMusicVideoInput",
    "AiMusicApiCreateVoiceInput",
    "AiMusicApiExtendInput",
    "AiMusicApiGenerateInput",
    "AiMusicApiGenerateLyricsInput",
    "AiMusicApiGenerateMidiFromAudioInput",
    "AiMusicApiGeneratePersonaInput",
    "AiMusicApiMashupInput",
    "AiMusicApiRegeneratePhraseInput",
    "AiMusicApiReplaceSectionInput",
    "AiMusicApiSeparateVocalsInput",
    "AiMusicApiSoundsInput",
    "AiMusicApiSunoRecoveryAudioInput",
    "AiMusicApiTimeStampedLyricsInput",
    "AiMusicApiUploadAndCoverAudioInput",
    "AiMusicApiUploadAndExtendAudioInput",
    "AiMusicApiValidationPhraseInput",
    "BackgroundModel",
    "BytedanceSeedance15ProInput",
    "BytedanceSeedance25Input",
    "BytedanceSeedance2FastInput",
    "BytedanceSeedance2Input",
    "BytedanceSeedance2MiniInput",
    "BytedanceSeedreamInput",
    "BytedanceSeedreamV4EditInput",
    "BytedanceSeedreamV4TextToImageInput",
    "BytedanceV1LiteImageToVideoInput",
    "BytedanceV1LiteTextToVideoInput",
    "BytedanceV1ProFastImageToVideoInput",
    "BytedanceV1ProImageToVideoInput",
    "BytedanceV1ProTextToVideoInput",
    "ChatCreditInput",
    "ChatModel",
    "CommonDownloadUrlInput",
    "ElevenlabsAudioIsolationInput",
    "ElevenlabsTextToDialogueV3Dialogue",
    "ElevenlabsTextToDialogueV3Input",
    "ElevenlabsTextToSpeechMultilingualV2Input",
    "ElevenlabsTextToSpeechTurbo25Input",
    "FileLike",
    "Files",
    "Flux1KontextInput",
    "Flux2FlexImageToImageInput",
    "Flux2FlexTextToImageInput",
    "Flux2ProImageToImageInput",
    "Flux2ProTextToImageInput",
    "FluxKontextGenerateInput",
    "GeminiOmniVideoInput",
    "GeminiOmniVideoVideoList",
    "GoogleGemini25ProTtsDialogueTurns",
    "GoogleGemini25ProTtsInput",
    "GoogleGemini25ProTtsSpeakers",
    "GoogleGemini31FlashTtsDialogueTurns",
    "GoogleGemini31FlashTtsInput",
    "GoogleGemini31FlashTtsSpeakers",
    "GoogleGemini38FlashLiteTtsDialogueTurns",
    "GoogleGemini38FlashLiteTtsInput",
    "GoogleGemini38FlashLiteTtsSpeakers",
    "GoogleGemini38FlashTtsDialogueTurns",
    "GoogleGemini38FlashTtsInput",
    "GoogleGemini38FlashTtsSpeakers",
    "GoogleGeminiOmniFlash11Input",
    "GoogleGeminiOmniFlash11VideoList",
    "GoogleImagen4FastInput",
    "GoogleImagen4Input",
    "GoogleImagen4UltraInput",
    "GoogleNanoBananaEditInput",
    "GoogleNanoBananaInput",
    "GoogleVeoExtendLegacyInput",
    "GoogleVeoGenerateInput",
    "GoogleVeoGet1080pVideoLegacyInput",
    "GoogleVeoGet4kVideoLegacyInput",
    "GptImage15ImageToImageInput",
    "GptImage15TextToImageInput",
    "GptImage25FlareImageToImageInput",
    "GptImage25FlareTextToImageInput",
    "GptImage25SunburstImageToImageInput",
    "GptImage25SunburstTextToImageInput",
    "GptImage2ImageToImageInput",
    "GptImage2TextToImageInput",
    "GrokImagineExtendInput",
    "GrokImagineImage20ImageEditInput",
    "GrokImagineImage20SegmentEditInput",
    "GrokImagineImage20SegmentMapInput",
    "GrokImagineImage20TextToImageInput",
    "GrokImagineImageToImageInput",
    "GrokImagineImageToVideoInput",
    "GrokImagineTextToImageInput",
    "GrokImagineTextToVideoInput",
    "GrokImagineUpscaleInput",
    "GrokImagineVideo15PreviewInput",
    "Hailuo02ImageToVideoProInput",
    "Hailuo02ImageToVideoStandardInput",
    "Hailuo02TextToVideoProInput",
    "Hailuo02TextToVideoStandardInput",
    "Hailuo23ImageToVideoProInput",
    "Hailuo23ImageToVideoStandardInput",
    "Happyhorse11ImageToVideoInput",
    "Happyhorse11ReferenceToVideoInput",
    "Happyhorse11TextToVideoInput",
    "HappyhorseImageToVideoInput",
    "HappyhorseReferenceToVideoInput",
    "HappyhorseTextToVideoInput",
    "HappyhorseVideoEditInput",
    "HasLink",
    "IdeogramCharacterEditInput",
    "IdeogramCharacterInput",
    "IdeogramCharacterRemixInput",
    "IdeogramV3EditInput",
    "IdeogramV3RemixInput",
    "IdeogramV3TextToImageInput",
    "ImageAspectRatio",
    "ImageModel",
    "ImageResolution",
    "InfinitalkFromAudioInput",
    "Kling26ImageToVideoInput",
    "Kling26MotionControlInput",
    "Kling26TextToVideoInput",
    "Kling30MotionControlInput",
    "Kling30OmniImageToVideoElements",
    "Kling30OmniImageToVideoInput",
    "Kling30OmniImageToVideoMultiPrompt",
    "Kling30OmniReferenceToVideoElements",
    "Kling30OmniReferenceToVideoInput",
    "Kling30OmniReferenceToVideoMultiPrompt",
    "Kling30OmniTextToVideoElements",
    "Kling30OmniTextToVideoInput",
    "Kling30OmniTextToVideoMultiPrompt",
    "Kling30OmniTransformationElements",
    "Kling30OmniTransformationInput",
    "Kling30VideoInput",
    "Kling30VideoKlingElements",
    "Kling30VideoMultiPrompt",
    "KlingAiAvatarProInput",
    "KlingAiAvatarStandardInput",
    "KlingV21MasterImageToVideoInput",
    "KlingV21MasterTextToVideoInput",
    "KlingV21ProInput",
    "KlingV21StandardInput",
    "KlingV25TurboImageToVideoProInput",
    "KlingV25TurboTextToVideoProInput",
    "KlingV3TurboImageToVideoInput",
    "KlingV3TurboTextToVideoInput",
    "MinimaxH3ImageToVideoInput",
    "MinimaxH3ReferenceToVideoInput",
    "MinimaxH3TextToVideoInput",
    "MjGenerateImpliedInput",
    "MjGenerateInput",
    "ModifyGenerateInput",
    "MusicModel",
    "NanoBanana21Input",
    "NanoBanana2Input",
    "NanoBanana2LiteInput",
    "NanoBananaProInput",
    "OmniAudioCreateInput",
    "OmniCharacterCreateInput",
    "Omnihuman15HumanIdentificationInput",
    "Omnihuman15Input",
    "Omnihuman15SubjectDetectionInput",
    "Openai4oImageApiInput",
    "OpenaiGpt4oImageDownloadUrlInput",
    "OpenaiGpt4oImageGenerateInput",
    "PixverseV6ExtendInput",
    "PixverseV6ImageToVideoInput",
    "PixverseV6ReferenceToVideoImageReferences",
    "PixverseV6ReferenceToVideoInput",
    "PixverseV6TextToVideoInput",
    "PixverseV6TransitionInput",
    "Qwen21ImageToImageInput",
    "Qwen21TextToImageInput",
    "Qwen2ImageEditInput",
    "Qwen2TextToImageInput",
    "Qwen3ImageToImageInput",
    "Qwen3ProImageToImageInput",
    "Qwen3ProTextToImageInput",
    "Qwen3TextToImageInput",
    "QwenImageEditInput",
    "QwenImageToImageInput",
    "QwenTextToImageInput",
    "Readable",
    "RecraftCrispUpscaleInput",
    "RecraftRemoveBackgroundInput",
    "RunwayAlephGenerateInput",
    "RunwayExtendAiVideoInput",
    "RunwayExtendInput",
    "RunwayGen4AlephInput",
    "RunwayGenerateInput",
    "RunwayInput",
    "Savable",
    "Seedream45EditInput",
    "Seedream45TextToImageInput",
    "Seedream5FlashImageToImageInput",
    "Seedream5FlashLayerDecompositionInput",
    "Seedream5FlashTextToImageInput",
    "Seedream5LiteImageToImageInput",
    "Seedream5LiteTextToImageInput",
    "Seedream5ProImageToImageInput",
    "Seedream5ProLayerDecompositionInput",
    "Seedream5ProTextToImageInput",
    "ServiceElevenlabsSfxInput",
    "ServiceElevenlabsTtsInput",
    "ServiceFluxInput",
    "ServiceGhibliInput",
    "ServiceGpt4oImageInput",
    "ServiceHailuoInput",
    "ServiceKlingInput",
    "ServiceLumaModifyInput",
    "ServiceMidjourneyInput",
    "ServiceMinimaxInput",
    "ServiceQwenInput",
    "ServiceRecraftRemoveBgInput",
    "ServiceRunwayInput",
    "ServiceSeedanceInput",
    "ServiceSeedreamInput",
    "ServiceSoraInput",
    "ServiceSunoInput",
    "ServiceWanInput",
    "SoundModel",
    "SpeechModel",
    "SunoCoverGenerateInput",
    "SunoGenerateAddInstrumentalInput",
    "SunoGenerateAddVocalsInput",
    "SunoGenerateExtendInput",
    "SunoGenerateGeneratePersonaInput",
    "SunoGenerateGetTimestampedLyricsInput",
    "SunoGenerateInput",
    "SunoGenerateMashupInput",
    "SunoGenerateReplaceSectionInput",
    "SunoGenerateSoundsInput",
    "SunoGenerateUploadCoverInput",
    "SunoGenerateUploadExtendInput",
    "SunoLyricsInput",
    "SunoMidiGenerateInput",
    "SunoMp4GenerateInput",
    "SunoRecoveryInput",
    "SunoStyleGenerateInput",
    "SunoVocalRemovalGenerateInput",
    "SunoVoiceCheckVoiceInput",
    "SunoVoiceGenerateInput",
    "SunoVoiceRegenerateInput",
    "SunoVoiceValidateInput",
    "SunoWavGenerateInput",
    "TopazImageUpscaleInput",
    "TopazVideoUpscaleInput",
    "UpscaleModel",
    "Veo31Input",
    "VeoExtendInput",
    "VeoGet1080pVideoInput",
    "VeoGet4kVideoInput",
    "VideoAspectRatio",
    "VideoModel",
    "VideoResolution",
    "Voice",
    "VolcengineVideoToVideoLipSyncInput",
    "Wan22A14bImageToVideoTurboInput",
    "Wan22A14bSpeechToVideoTurboInput",
    "Wan22A14bTextToVideoTurboInput",
    "Wan22AnimateMoveInput",
    "Wan22AnimateReplaceInput",
    "Wan25ImageToVideoInput",
    "Wan25TextToVideoInput",
    "Wan26FlashImageToVideoInput",
    "Wan26FlashVideoToVideoInput",
    "Wan26ImageToVideoInput",
    "Wan26TextToVideoInput",
    "Wan26VideoToVideoInput",
    "Wan27ImageColorPalette",
    "Wan27ImageInput",
    "Wan27ImageProColorPalette",
    "Wan27ImageProInput",
    "Wan27ImageToVideoInput",
    "Wan27R2vInput",
    "Wan27TextToVideoInput",
    "Wan27VideoeditInput",
    "Wan30VideoInput",
    "Wan30VideoPrimeInput",
    "ZImageInput",
]


class HasLink(Protocol):
    """What is at a link already: an ``Output``, an ``UploadedFile``."""

    @property
    def url(self) -> str:
        """The link."""


class Readable(Protocol):
    """A file open in binary mode."""

    def read(self, size: int = ..., /) -> bytes:
        """Return bytes."""


class Savable(Protocol):
    """An image of Pillow."""

    def save(self, fp: Any, format: str | None = ..., /) -> object:
        """Write the image."""


#: What may stand where a model wants the link of a file. What is no link is uploaded. A text is a link, a path or a
#: data URI.
FileLike: TypeAlias = str | bytes | bytearray | memoryview | PathLike[str] | HasLink | Readable | Savable
#: One file or several.
Files: TypeAlias = FileLike | Sequence[FileLike]


ImageModel: TypeAlias = Literal[
    "4o-image-api",
    "bytedance/seedream",
    "bytedance/seedream-v4-edit",
    "bytedance/seedream-v4-text-to-image",
    "flux-2/flex-image-to-image",
    "flux-2/flex-text-to-image",
    "flux-2/pro-image-to-image",
    "flux-2/pro-text-to-image",
    "flux1-kontext",
    "google/imagen4",
    "google/imagen4-fast",
    "google/imagen4-ultra",
    "google/nano-banana",
    "google/nano-banana-edit",
    "gpt-image-2-5-flare-image-to-image",
    "gpt-image-2-5-flare-text-to-image",
    "gpt-image-2-5-sunburst-image-to-image",
    "gpt-image-2-5-sunburst-text-to-image",
    "gpt-image-2-image-to-image",
    "gpt-image-2-text-to-image",
    "gpt-image/1.5-image-to-image",
    "gpt-image/1.5-text-to-image",
    "grok-imagine-image-2-0/image-edit",
    "grok-imagine-image-2-0/segment-edit",
    "grok-imagine-image-2-0/text-to-image",
    "grok-imagine/image-to-image",
    "grok-imagine/text-to-image",
    "ideogram/character",
    "ideogram/character-edit",
    "ideogram/character-remix",
    "ideogram/v3-edit",
    "ideogram/v3-remix",
    "ideogram/v3-text-to-image",
    "nano-banana-2",
    "nano-banana-2-1",
    "nano-banana-2-lite",
    "nano-banana-pro",
    "qwen/image-edit",
    "qwen/image-to-image",
    "qwen/text-to-image",
    "qwen2-1/image-to-image",
    "qwen2-1/text-to-image",
    "qwen2/image-edit",
    "qwen2/text-to-image",
    "qwen3/image-to-image",
    "qwen3/pro-image-to-image",
    "qwen3/pro-text-to-image",
    "qwen3/text-to-image",
    "seedream/4.5-edit",
    "seedream/4.5-text-to-image",
    "seedream/5-flash-image-to-image",
    "seedream/5-flash-text-to-image",
    "seedream/5-lite-image-to-image",
    "seedream/5-lite-text-to-image",
    "seedream/5-pro-image-to-image",
    "seedream/5-pro-text-to-image",
    "wan/2-7-image",
    "wan/2-7-image-pro",
    "z-image",
    "flux/kontext/generate",
    "gpt4o-image/generate",
    "kie/image-refiner",
    "mj/generate",
    "service/flux",
    "service/ghibli",
    "service/gpt4o-image",
    "service/midjourney",
    "service/qwen",
    "service/seedream",
]

VideoModel: TypeAlias = Literal[
    "bytedance/seedance-1.5-pro",
    "bytedance/seedance-2",
    "bytedance/seedance-2-5",
    "bytedance/seedance-2-fast",
    "bytedance/seedance-2-mini",
    "bytedance/v1-lite-image-to-video",
    "bytedance/v1-lite-text-to-video",
    "bytedance/v1-pro-fast-image-to-video",
    "bytedance/v1-pro-image-to-video",
    "bytedance/v1-pro-text-to-video",
    "gemini-omni-video",
    "google/gemini-omni-flash-1-1",
    "grok-imagine-video-1-5-preview",
    "grok-imagine/image-to-video",
    "grok-imagine/text-to-video",
    "hailuo/02-image-to-video-pro",
    "hailuo/02-image-to-video-standard",
    "hailuo/02-text-to-video-pro",
    "hailuo/02-text-to-video-standard",
    "hailuo/2-3-image-to-video-pro",
    "hailuo/2-3-image-to-video-standard",
    "happyhorse-1-1/image-to-video",
    "happyhorse-1-1/reference-to-video",
    "happyhorse-1-1/text-to-video",
    "happyhorse/image-to-video",
    "happyhorse/reference-to-video",
    "happyhorse/text-to-video",
    "kling-2.6/image-to-video",
    "kling-2.6/text-to-video",
    "kling-3.0-omni/image-to-video",
    "kling-3.0-omni/reference-to-video",
    "kling-3.0-omni/text-to-video",
    "kling-3.0/video",
    "kling/v2-1-master-image-to-video",
    "kling/v2-1-master-text-to-video",
    "kling/v2-1-pro",
    "kling/v2-1-standard",
    "kling/v2-5-turbo-image-to-video-pro",
    "kling/v2-5-turbo-text-to-video-pro",
    "kling/v3-turbo-image-to-video",
    "kling/v3-turbo-text-to-video",
    "minimax-h3/image-to-video",
    "minimax-h3/reference-to-video",
    "minimax-h3/text-to-video",
    "pixverse-v6/image-to-video",
    "pixverse-v6/reference-to-video",
    "pixverse-v6/text-to-video",
    "pixverse-v6/transition",
    "runway",
    "veo-3-1",
    "wan/2-2-a14b-image-to-video-turbo",
    "wan/2-2-a14b-text-to-video-turbo",
    "wan/2-5-image-to-video",
    "wan/2-5-text-to-video",
    "wan/2-6-flash-image-to-video",
    "wan/2-6-image-to-video",
    "wan/2-6-text-to-video",
    "wan/2-7-image-to-video",
    "wan/2-7-r2v",
    "wan/2-7-text-to-video",
    "wan/3-0-video",
    "wan/3-0-video-prime",
    "runway/generate",
    "veo/generate",
    "service/hailuo",
    "service/kling",
    "service/minimax",
    "service/runway",
    "service/seedance",
    "service/sora",
    "service/wan",
    "v3-api",
    "wantest/2-5-text-to-video",
]

SpeechModel: TypeAlias = Literal[
    "elevenlabs/text-to-speech-multilingual-v2",
    "elevenlabs/text-to-speech-turbo-2-5",
    "google/gemini-2-5-pro-tts",
    "google/gemini-3-1-flash-tts",
    "google/gemini-3-8-flash-lite-tts",
    "google/gemini-3-8-flash-tts",
    "kling/v1-tts",
    "service/elevenlabs/tts",
]

SoundModel: TypeAlias = Literal["ai-music-api/sounds", "generate/sounds", "service/elevenlabs/sfx"]

MusicModel: TypeAlias = Literal["ai-music-api/generate", "generate", "service/suno"]

UpscaleModel: TypeAlias = Literal[
    "grok-imagine/upscale",
    "recraft/crisp-upscale",
    "topaz/image-upscale",
    "topaz/video-upscale",
    "veo/get-1080p-video",
    "veo/get-4k-video",
    "veo/get-1080p-video@legacy",
    "veo/get-4k-video@legacy",
    "nano-banana-upscale",
]

BackgroundModel: TypeAlias = Literal["recraft/remove-background", "service/recraft/remove-bg"]

ChatModel: TypeAlias = Literal[
    "claude-fable-5",
    "claude-haiku-4-5",
    "claude-opus-4-5",
    "claude-opus-4-6",
    "claude-opus-4-7",
    "claude-opus-4-8",
    "claude-opus-5",
    "claude-opus-5-5",
    "claude-sonnet-4-5",
    "claude-sonnet-4-6",
    "claude-sonnet-5",
    "claude-sonnet-5-5",
    "deepseek-v4-1-flash",
    "gemini-2.5-flash",
    "gemini-2.5-pro",
    "gemini-3-5-flash",
    "gemini-3-5-flash-openai",
    "gemini-3-6-flash",
    "gemini-3-6-flash-openai",
    "gemini-3-7-flash",
    "gemini-3-7-flash-openai",
    "gemini-3-8-flash",
    "gemini-3-flash",
    "gemini-3-flash-v1betamodels",
    "gemini-3-pro",
    "gemini-3.1-pro",
    "gpt-5-2",
    "gpt-5-4",
    "gpt-5-5",
    "gpt-5-6-luna",
    "gpt-5-6-sol",
    "gpt-5-6-terra",
    "gpt-5-codex",
    "gpt-5.1-codex",
    "gpt-5.2-codex",
    "gpt-5.3-codex",
    "gpt-5.4-codex",
    "gpt-6-1-sol",
    "gpt-6-astra",
    "gpt-6-luna",
    "gpt-6-sol",
    "grok-4-3",
    "grok-4-5",
    "grok-4-6",
    "grok-4-7",
    "kimi-k3",
]

ImageAspectRatio: TypeAlias = Literal[
    "16:27",
    "16:9",
    "1:1",
    "1:2",
    "1:3",
    "1:4",
    "1:8",
    "21:9",
    "27:16",
    "2:1",
    "2:3",
    "3:1",
    "3:2",
    "3:4",
    "4:1",
    "4:3",
    "4:5",
    "5:4",
    "8:1",
    "8:9",
    "9:16",
    "9:21",
    "9:8",
    "auto",
    "landscape_16_9",
    "landscape_21_9",
    "landscape_3_2",
    "landscape_4_3",
    "portrait_16_9",
    "portrait_3_2",
    "portrait_4_3",
    "square",
    "square_hd",
]

ImageResolution: TypeAlias = Literal["1K", "2K", "4K"]

VideoAspectRatio: TypeAlias = Literal[
    "16:9", "1:1", "21:9", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "9:21", "Auto", "adaptive", "auto"
]

VideoResolution: TypeAlias = Literal[
    "1080P", "1080p", "2K", "360p", "480P", "480p", "4K", "4k", "512P", "540p", "720P", "720p", "768P", "pro", "std"
]

Voice: TypeAlias = Literal[
    "1SM7GgM6IMuvQlz2BwM3",
    "1U02n4nD6AdIZ9CjF053",
    "1wGbFxmAM3Fgw63G1zZJ",
    "2zRM7PkgwBPiau2jvVXc",
    "4YYIPFl9wE5c4L2eu2Gb",
    "56AoDkrOh6qfVPDXZ7Pt",
    "5l5f8iK3YPeGga21rQIX",
    "6F5Zhi321D3Oq7v1oNT4",
    "6aDn1KB0hjpdcocrUkmq",
    "8JVbfL6oEdmuxKn5DK2C",
    "9yzdeviXkFddZ4Oz8Mok",
    "AeRdCCKzvd23BpJoofzx",
    "B8gJV1IhpuegLxdpXFOE",
    "BZgkqPqms7Kj9ulSkVzn",
    "CeNX9CMwmxDxUF5Q2Inm",
    "DGzg6RaUqxGRTHSBjfgF",
    "DTKMou8ccj1ZaWGBiotd",
    "DYkrAHD8iwork3YSUBbs",
    "EiNlNiXeDU1pqqOPrYMO",
    "EkK5I93UQWFDigLMpZcX",
    "FGY2WhTYpPnrIDTdsKH5",
    "LG95yZDEHg6fCZdQjLqj",
    "LruHrtVF6PSyGItzMNHS",
    "MJ0RnG71ty4LH3dvNfSd",
    "N2lVS1w4EtoT3dr4eOWO",
    "NNl6r8mD7vthiJatiJt1",
    "NOpBlnGInO9m6vDvFkFC",
    "P1bg08DkjqiVEzOn76yG",
    "PPzYpIqttlTYA83688JI",
    "Sm1seazb4gs7RSlUVw7c",
    "Sq93GQT4X1lKDXsQcixO",
    "TC0Zp7WVFzhA8zpTlRqV",
    "TX3LPaxmHKxFdv7VOQHJ",
    "Tsns2HvNFKfGiNjllgqo",
    "UgBBYS2sOqTuMpoF3BR0",
    "YOq2y2Up4RgXP2HyXjE5",
    "YXpFCvM1S3JbWEJhoskW",
    "Z3R5wn05IrDiVCyEkUrK",
    "aD6riP1btT197c6dACmy",
    "dHd5gvgSOzSfduK4CvEg",
    "eR40ATw9ArzDf9h3v7t7",
    "eVItLK1UvXctxuaRV2Oq",
    "esy0r39YPLQjOczyOib8",
    "flHkNRp1BlvT73UL6gyz",
    "g6xIsTj2HwM6VR4iXFCw",
    "gU0LNdkMOQCOrPrwtbee",
    "gs0tAILXbY5DNrJrsM6F",
    "hpp4J3VqNfWAUOO0d1Us",
    "hqfrgApggtO1785R4Fsn",
    "iCrDUkL56s3C8sCRl7wb",
    "kPzsL2i3teMYv0FxEYQ6",
    "lcMyyd2HUfFzxdCaC4Ta",
    "ljo9gAlSqKOvF6D8sOsX",
    "mtrellq69YZsNwzUSyXh",
    "nPczCjzI2devNBz1zQrb",
    "nzeAacJi50IvxcyDnMXa",
    "pPdl9cQBQq4p6mRkZy2Z",
    "qDuRKMlYmrm8trt5QyBn",
    "qXpMhyvQqiRxWQs4qSSB",
    "ruirxsoakN0GWmGNIo04",
    "scOwDtmlUjD3prqpp97I",
    "uYXf8XasLslADfZ2MB4u",
    "vBKc2FfBKJfcZNyEt1n6",
    "wJqPPQ618aTW29mptyoc",
    "wo6udizrrtpIxWGp2qJk",
    "x70vRnQBMBu4FAYhjJbO",
    "zYcjlYFOd3taleS0gkk3",
]


class Openai4oImageApiInput(TypedDict, total=False):
    """GPT-4o Image (text-to-image, image-to-image).

    ``4o-image-api``.
    Facts: 4o-image-api of 2026-10-07.
    """

    prompt: str | None
    files_url: Files | None  # at most 5 items, image file
    file_url: FileLike | None  # deprecated, image file
    size: Literal["1:1", "3:2", "2:3"] | None
    isEnhance: bool | None
    uploadCn: bool | None
    enableFallback: bool | None
    fallbackModel: Literal["GPT_IMAGE_1", "FLUX_MAX"] | None
    images: Files | None  # = files_url
    aspect_ratio: Literal["1:1", "3:2", "2:3"] | None  # = size


class AiMusicApiAddInstrumentalInput(TypedDict, total=False):
    """Suno add instrumental (add-instrumental).

    ``ai-music-api/add-instrumental``.
    Facts: ai-music-api/add-instrumental of 2026-10-07.
    """

    upload_url: FileLike | None  # audio file
    model: Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | str | None
    title: Required[str]
    negative_tags: str | None  # at most 200 characters
    tags: str | None  # at most 1000 characters
    vocal_gender: Literal["m", "f"] | str | None
    style_weight: float | None  # 0 to 1, steps of 0.01
    weirdness_constraint: float | None  # 0 to 1, steps of 0.01
    audio_weight: float | None  # 0 to 1, steps of 0.01
    negative_prompt: str | None  # = negative_tags
    audio: FileLike | None  # = upload_url
    style: str | None  # = tags
    model_tier: (
        Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | str | None
    )  # = model


class AiMusicApiAddVocalsInput(TypedDict, total=False):
    """Suno add vocals (add-vocals).

    ``ai-music-api/add-vocals``.
    Facts: ai-music-api/add-vocals of 2026-10-07.
    """

    prompt: str | None
    model: Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | str | None
    title: Required[str]
    negative_tags: str | None  # at most 200 characters
    style: Required[str]  # at most 1000 characters
    vocal_gender: Literal["m", "f"] | str | None
    style_weight: float | None  # 0 to 1, steps of 0.01
    weirdness_constraint: float | None  # 0 to 1, steps of 0.01
    audio_weight: float | None  # 0 to 1, steps of 0.01
    upload_url: FileLike | None  # audio file
    negative_prompt: str | None  # = negative_tags
    audio: FileLike | None  # = upload_url
    model_tier: (
        Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | str | None
    )  # = model


class AiMusicApiBoostMusicStyleInput(TypedDict, total=False):
    """Suno style boost (style-boost).

    ``ai-music-api/boost-music-style``.
    Facts: ai-music-api/boost-music-style of 2026-10-07.
    """

    content: str | None
    prompt: str | None  # = content


class AiMusicApiCheckVoiceInput(TypedDict, total=False):
    """Suno check voice (check-voice).

    ``ai-music-api/check-voice``.
    Facts: ai-music-api/check-voice of 2026-10-07.
    """

    task_id: str | None
    source_task: str | None  # = task_id


class AiMusicApiConvertToWavFormatInput(TypedDict, total=False):
    """Suno song as WAV (format-conversion).

    ``ai-music-api/convert-to-wav-format``.
    Facts: ai-music-api/convert-to-wav-format of 2026-10-07.
    """

    task_id: str | None
    audio_id: Required[str]
    source_task: str | None  # = task_id


class AiMusicApiCoverGenerateInput(TypedDict, total=False):
    """Suno cover art (cover-art).

    ``ai-music-api/cover-generate``.
    Facts: ai-music-api/cover-generate of 2026-10-07.
    """

    task_id: str | None
    source_task: str | None  # = task_id


class AiMusicApiCreateMusicVideoInput(TypedDict, total=False):
    """Suno create music video (music-video).

    ``ai-music-api/create-music-video``.
    Facts: ai-music-api/create-music-video of 2026-10-07.
    """

    task_id: str | None
    audio_id: Required[str]
    author: str | None  # at most 50 characters
    domain_name: str | None  # at most 50 characters
    source_task: str | None  # = task_id


class AiMusicApiCreateVoiceInput(TypedDict, total=False):
    """Suno create voice (create-voice).

    ``ai-music-api/create-voice``.
    Facts: ai-music-api/create-voice of 2026-10-07.
    """

    task_id: str | None
    verify_url: FileLike | None  # audio file
    voice_name: str | None
    description: str | None
    style: str | None
    singer_skill_level: (
        Literal["beginner", "intermediate", "advanced", "professional"] | str | None
    )  # default "beginner"
    audio: FileLike | None  # = verify_url
    title: str | None  # = voice_name
    source_task: str | None  # = task_id


class AiMusicApiExtendInput(TypedDict, total=False):
    """Suno extend (music-extend).

    ``ai-music-api/extend``.
    Facts: ai-music-api/extend of 2026-10-07.
    """

    default_param_flag: bool | None
    audio_id: Required[str]
    prompt: str | None  # at most 5000 characters
    style: str | None  # at most 1000 characters
    title: str | None  # at most 100 characters
    continue_at: float | None
    model: Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None
    negative_tags: str | None
    vocal_gender: Literal["m", "f"] | str | None
    style_weight: float | None  # 0 to 1, steps of 0.01
    weirdness_constraint: float | None  # 0 to 1, steps of 0.01
    audio_weight: float | None  # 0 to 1, steps of 0.01
    persona_id: str | None
    persona_model: Literal["style_persona", "voice_persona"] | str | None
    instrumental: bool | None  # default false
    negative_prompt: str | None  # = negative_tags
    model_tier: Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None  # = model


class AiMusicApiGenerateInput(TypedDict, total=False):
    """Suno music (text-to-music).

    ``ai-music-api/generate``.
    Facts: ai-music-api/generate of 2026-10-07.
    """

    prompt: str | None  # at most 5000 characters
    style: str | None  # at most 1000 characters
    title: str | None  # at most 80 characters
    custom_mode: Required[bool]
    instrumental: Required[bool]
    model: Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None
    negative_tags: str | None
    vocal_gender: Literal["m", "f"] | str | None
    style_weight: float | None  # 0 to 1, steps of 0.01
    weirdness_constraint: float | None  # 0 to 1, steps of 0.01
    audio_weight: float | None  # 0 to 1, steps of 0.01
    persona_id: str | None
    persona_model: Literal["style_persona", "voice_persona"] | str | None
    duration: int | str | None  # 10 to 360
    negative_prompt: str | None  # = negative_tags
    lyrics: str | None  # = prompt
    model_tier: Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None  # = model


class AiMusicApiGenerateLyricsInput(TypedDict, total=False):
    """Suno lyrics (lyrics).

    ``ai-music-api/generate-lyrics``.
    Facts: ai-music-api/generate-lyrics of 2026-10-07.
    """

    prompt: Required[str]  # at most 200 characters


class AiMusicApiGenerateMidiFromAudioInput(TypedDict, total=False):
    """Suno MIDI from audio (midi).

    ``ai-music-api/generate-midi-from-audio``.
    Facts: ai-music-api/generate-midi-from-audio of 2026-10-07.
    """

    task_id: str | None
    audio_id: str | None
    source_task: str | None  # = task_id


class AiMusicApiGeneratePersonaInput(TypedDict, total=False):
    """Suno generate persona (persona).

    ``ai-music-api/generate-persona``.
    Facts: ai-music-api/generate-persona of 2026-10-07.
    """

    task_id: str | None
    audio_id: Required[str]
    name: str | None
    description: str | None
    vocal_start: float | None  # default 0, from 0
    vocal_end: float | None  # default 30, from 0, steps of 0.01
    style: str | None
    prompt: str | None  # = description
    title: str | None  # = name
    source_task: str | None  # = task_id


class AiMusicApiMashupInput(TypedDict, total=False):
    """Suno mashup (mashup).

    ``ai-music-api/mashup``.
    Facts: ai-music-api/mashup of 2026-10-07.
    """

    upload_url_list: Files | None  # 2 to 2 items, audio file
    prompt: str | None  # at most 5000 characters
    style: Required[str]  # at most 1000 characters
    title: Required[str]  # at most 80 characters
    custom_mode: bool | None
    instrumental: bool | None
    model: Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None
    vocal_gender: Literal["m", "f"] | str | None
    style_weight: float | None  # 0 to 1, steps of 0.01
    weirdness_constraint: float | None  # 0 to 1, steps of 0.01
    audio_weight: float | None  # 0 to 1, steps of 0.01
    duration: int | str | None  # default 20, 10 to 360
    audio: FileLike | None  # = upload_url_list[0]
    audios: Files | None  # = upload_url_list
    model_tier: Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None  # = model


class AiMusicApiRegeneratePhraseInput(TypedDict, total=False):
    """Suno regenerate phrase (regenerate-phrase).

    ``ai-music-api/regenerate-phrase``.
    Facts: ai-music-api/regenerate-phrase of 2026-10-07.
    """

    task_id: str | None
    source_task: str | None  # = task_id


class AiMusicApiReplaceSectionInput(TypedDict, total=False):
    """Suno replace section (replace-section).

    ``ai-music-api/replace-section``.
    Facts: ai-music-api/replace-section of 2026-10-07.
    """

    prompt: Required[str]
    tags: str | None
    title: Required[str]
    negative_tags: str | None
    infill_start_s: Required[float]  # from 0
    infill_end_s: Required[float]  # from 0
    full_lyrics: str | None
    task_id: str | None
    audio_id: str | None
    upload_url: FileLike | None  # audio file
    model: Literal["V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | str | None
    negative_prompt: str | None  # = negative_tags
    audio: FileLike | None  # = upload_url
    style: str | None  # = tags
    lyrics: str | None  # = full_lyrics
    source_task: str | None  # = task_id
    model_tier: Literal["V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | str | None  # = model


class AiMusicApiSeparateVocalsInput(TypedDict, total=False):
    """Suno vocal and stem separation (vocal-separation).

    ``ai-music-api/separate-vocals``.
    Facts: ai-music-api/separate-vocals of 2026-10-07.
    """

    type: Literal["separate_vocal", "split_stem", "split_stem_advanced"] | None
    stem_name: (
        Literal[
            "Lead Vocal",
            "Drum Kit",
            "Kick",
            "Snare",
            "Risers",
            "Bass",
            "Backing Vocals",
            "Piano",
            "Electric Guitar",
            "Percussion",
            "String Section",
            "Synth",
            "Acoustic Guitar",
            "Sound Effects",
            "Synth Pad",
            "Synth Bass",
            "Guitar",
            "Brass Section",
            "Organ",
            "Electronic Drum Kit",
            "Lead Electric Guitar",
            "Synth Keys",
            "Rhythm Electric Guitar",
            "Electric Piano",
            "Upright Bass",
            "Keyboards",
            "Distorted Electric Guitar",
            "Synth Strings",
            "Synth Lead",
            "Woodwinds",
            "Rhythm Acoustic Guitar",
            "Flute",
            "Harp",
            "Tambourine",
            "Trumpet",
            "Arpeggiator",
            "Accordion",
            "Fiddle",
            "Pedal Steel Guitar",
            "Synth Voice",
            "Violin",
            "Digital Piano",
            "Synth Brass",
            "Mandolin",
            "Choir",
            "Banjo",
            "Bells",
            "Clarinet",
            "Tenor Saxophone",
            "Trombone",
            "Shaker",
            "French Horn",
            "Glockenspiel",
            "Electric Bass",
            "Cello",
            "Timpani",
            "Harmonica",
            "Marimba",
            "Vibraphone",
            "Lap Steel Guitar",
            "Saxophone",
            "Orchestra",
            "Horns",
            "Cymbals",
            "Hand Clap",
            "Oboe",
            "Celesta",
            "Congas",
            "Drone",
            "Alto Saxophone",
            "Double Bass",
            "Ukulele",
            "Harpsichord",
            "Baritone Saxophone",
            "Xylophone",
            "Tuba",
            "Bass Guitar",
            "Whistle",
            "Lead Guitar",
            "Rhodes",
            "808",
            "Bongos",
            "Bassoon",
            "Cowbell",
            "Viola",
            "Sitar",
            "Steel Drums",
            "Piccolo",
            "Theremin",
            "Bagpipes",
            "Hi-Hat",
            "Music Box",
            "Melodica",
            "Tabla",
            "Koto",
            "Djembe",
            "Taiko",
            "Didgeridoo",
            808,
        ]
        | None
    )
    task_id: str | None
    audio_id: str | None
    audio_url: FileLike | None  # audio file, at most 20 MB
    audio: FileLike | None  # = audio_url
    source_task: str | None  # = task_id


class AiMusicApiSoundsInput(TypedDict, total=False):
    """Suno sounds (sound-effect).

    ``ai-music-api/sounds``.
    Facts: ai-music-api/sounds of 2026-10-07.
    """

    prompt: Required[str]  # at most 500 characters
    model: Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None
    sound_loop: bool | None  # default false
    sound_tempo: int | None  # 1 to 300
    sound_key: (
        Literal[
            "Any",
            "Cm",
            "C#m",
            "Dm",
            "D#m",
            "Em",
            "Fm",
            "F#m",
            "Gm",
            "G#m",
            "Am",
            "A#m",
            "Bm",
            "C",
            "C#",
            "D",
            "D#",
            "E",
            "F",
            "F#",
            "G",
            "G#",
            "A",
            "A#",
            "B",
        ]
        | str
        | None
    )  # default "Any"
    grab_lyrics: bool | None  # default false
    model_tier: Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None  # = model


class AiMusicApiSunoRecoveryAudioInput(TypedDict, total=False):
    """Suno recovery of a song (recovery).

    ``ai-music-api/suno-recovery-audio``.
    Facts: ai-music-api/suno-recovery-audio of 2026-10-07.
    """

    task_id: str | None
    source_task: str | None  # = task_id


class AiMusicApiTimeStampedLyricsInput(TypedDict, total=False):
    """Suno timestamped lyrics (timestamped-lyrics).

    ``ai-music-api/timeStamped-lyrics``.
    Facts: ai-music-api/timeStamped-lyrics of 2026-10-07.
    """

    task_id: str | None
    audio_id: Required[str]
    source_task: str | None  # = task_id


class AiMusicApiUploadAndCoverAudioInput(TypedDict, total=False):
    """Suno upload and cover audio (music-cover).

    ``ai-music-api/upload-and-cover-audio``.
    Facts: ai-music-api/upload-and-cover-audio of 2026-10-07.
    """

    upload_url: FileLike | None  # audio file
    prompt: str | None  # at most 5000 characters
    style: str | None  # at most 1000 characters
    title: str | None  # at most 100 characters
    custom_mode: bool | None
    instrumental: Required[bool]
    model: Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None
    negative_tags: str | None
    vocal_gender: Literal["m", "f"] | str | None
    style_weight: float | None  # 0 to 1, steps of 0.01
    weirdness_constraint: float | None  # 0 to 1, steps of 0.01
    audio_weight: float | None  # 0 to 1, steps of 0.01
    persona_id: str | None
    persona_model: Literal["voice_persona", "style_persona"] | str | None
    duration: int | str | None  # default 20, 10 to 360
    negative_prompt: str | None  # = negative_tags
    audio: FileLike | None  # = upload_url
    lyrics: str | None  # = prompt
    model_tier: Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None  # = model


class AiMusicApiUploadAndExtendAudioInput(TypedDict, total=False):
    """Suno upload and extend audio (music-extend).

    ``ai-music-api/upload-and-extend-audio``.
    Facts: ai-music-api/upload-and-extend-audio of 2026-10-07.
    """

    upload_url: FileLike | None  # audio file
    default_param_flag: bool | None
    instrumental: bool | None  # default false
    prompt: str | None  # at most 5000 characters
    style: str | None  # at most 1000 characters
    title: str | None  # at most 100 characters
    continue_at: Required[float]
    model: Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None
    negative_tags: str | None
    vocal_gender: Literal["m", "f"] | str | None
    style_weight: float | None  # 0 to 1, steps of 0.01
    weirdness_constraint: float | None  # 0 to 1, steps of 0.01
    audio_weight: float | None  # 0 to 1, steps of 0.01
    persona_id: str | None
    persona_model: Literal["style_persona", "voice_persona"] | str | None
    negative_prompt: str | None  # = negative_tags
    audio: FileLike | None  # = upload_url
    model_tier: Literal["V6", "V6_MINI", "V6_WILD", "V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None  # = model


class AiMusicApiValidationPhraseInput(TypedDict, total=False):
    """Suno validation phrase (validation-phrase).

    ``ai-music-api/validation-phrase``.
    Facts: ai-music-api/validation-phrase of 2026-10-07.
    """

    voice_url: FileLike | None  # audio file
    vocal_start_s: Required[int]
    vocal_end_s: Required[int]
    language: str | None
    audio: FileLike | None  # = voice_url


class BytedanceSeedance15ProInput(TypedDict, total=False):
    """Seedance 1.5 Pro (text-to-video, image-to-video).

    ``bytedance/seedance-1.5-pro``.
    Facts: market/bytedance/seedance-1-5-pro of 2026-08-19.
    """

    prompt: Required[str]  # 3 to 20000 characters
    input_urls: Files | None  # at most 2 items, image file, at most 10 MB
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "21:9"] | None  # default "1:1"
    resolution: Literal["480p", "720p", "1080p", "768p"] | None  # default "720p"
    duration: Required[float | str]  # 4 to 12
    fixed_lens: bool | None  # default false
    generate_audio: bool | None  # default false
    nsfw_checker: bool | None
    images: Files | None  # = input_urls
    first_frame: FileLike | None  # = input_urls[0]
    last_frame: FileLike | None  # = input_urls[1]
    sound: bool | None  # = generate_audio


class BytedanceSeedance2Input(TypedDict, total=False):
    """Seedance 2 (text-to-video, image-to-video, reference-to-video).

    ``bytedance/seedance-2``.
    Facts: market/bytedance/seedance-2 of 2026-08-19.
    """

    resolution: Literal["480p", "720p", "1080p", "4k", "768p", "2160p"] | None  # default "720p"
    duration: int | str | None  # default 5, 4 to 15
    generate_audio: bool | None  # default true
    return_last_frame: bool | None  # deprecated, default false
    web_search: bool | None
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "21:9", "adaptive", "auto"] | None  # default "16:9"
    prompt: str | None  # 3 to 20000 characters
    reference_image_urls: Files | None  # at most 9 items, image file, at most 30 MB
    reference_audio_urls: Files | None  # at most 3 items, audio file, at most 15 MB
    first_frame_url: FileLike | None  # image file
    last_frame_url: FileLike | None  # image file
    reference_video_urls: Files | None  # at most 3 items, video file, at most 50 MB
    nsfw_checker: bool | None
    images: Files | None  # = reference_image_urls
    first_frame: FileLike | None  # = first_frame_url
    last_frame: FileLike | None  # = last_frame_url
    video: FileLike | None  # = reference_video_urls[0]
    videos: Files | None  # = reference_video_urls
    audio: FileLike | None  # = reference_audio_urls[0]
    audios: Files | None  # = reference_audio_urls
    sound: bool | None  # = generate_audio


class BytedanceSeedance25Input(TypedDict, total=False):
    """Seedance 2.5 (text-to-video, image-to-video, reference-to-video).

    ``bytedance/seedance-2-5``.
    Facts: market/bytedance/seedance-2-5 of 2026-08-19.
    """

    prompt: str | None  # at most 30000 characters
    first_frame_url: FileLike | None  # image file
    last_frame_url: FileLike | None  # image file
    reference_image_urls: Files | None  # at most 30 items, image file, at most 30 MB
    reference_video_urls: Files | None  # at most 10 items, video file, at most 200 MB
    reference_audio_urls: Files | None  # at most 10 items, audio file, at most 15 MB
    return_last_frame: bool | None  # default false
    generate_audio: bool | None  # default true
    resolution: Literal["480p", "720p", "1080p", "768p"] | None  # default "720p"
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "21:9", "adaptive", "auto"] | None  # default "adaptive"
    duration: (
        Literal[
            "-1",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            "16",
            "17",
            "18",
            "19",
            "20",
            "21",
            "22",
            "23",
            "24",
            "25",
            "26",
            "27",
            "28",
            "29",
            "30",
            -1,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
            16,
            17,
            18,
            19,
            20,
            21,
            22,
            23,
            24,
            25,
            26,
            27,
            28,
            29,
            30,
        ]
        | None
    )  # default 5
    output_format: Literal["mp4", "mov"] | None  # default "mp4"
    web_search: bool | None
    nsfw_checker: bool | None
    images: Files | None  # = reference_image_urls
    first_frame: FileLike | None  # = first_frame_url
    last_frame: FileLike | None  # = last_frame_url
    video: FileLike | None  # = reference_video_urls[0]
    videos: Files | None  # = reference_video_urls
    audio: FileLike | None  # = reference_audio_urls[0]
    audios: Files | None  # = reference_audio_urls
    format: Literal["mp4", "mov"] | None  # = output_format
    sound: bool | None  # = generate_audio


class BytedanceSeedance2FastInput(TypedDict, total=False):
    """Seedance 2 Fast (text-to-video, image-to-video, reference-to-video).

    ``bytedance/seedance-2-fast``.
    Facts: market/bytedance/seedance-2-fast of 2026-08-19.
    """

    prompt: str | None  # 3 to 20000 characters
    first_frame_url: FileLike | None  # image file
    last_frame_url: FileLike | None  # image file
    reference_image_urls: Files | None  # at most 9 items, image file, at most 30 MB
    reference_video_urls: Files | None  # at most 3 items, video file, at most 50 MB
    reference_audio_urls: Files | None  # at most 3 items, audio file, at most 15 MB
    return_last_frame: bool | None  # deprecated, default false
    generate_audio: bool | None  # default true
    resolution: Literal["480p", "720p", "768p"] | None  # default "720p"
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "21:9", "adaptive", "auto"] | None  # default "16:9"
    duration: int | str | None  # default 5, 4 to 15
    web_search: bool | None
    nsfw_checker: bool | None
    images: Files | None  # = reference_image_urls
    first_frame: FileLike | None  # = first_frame_url
    last_frame: FileLike | None  # = last_frame_url
    video: FileLike | None  # = reference_video_urls[0]
    videos: Files | None  # = reference_video_urls
    audio: FileLike | None  # = reference_audio_urls[0]
    audios: Files | None  # = reference_audio_urls
    sound: bool | None  # = generate_audio


class BytedanceSeedance2MiniInput(TypedDict, total=False):
    """Seedance 2 Mini (text-to-video, image-to-video, reference-to-video).

    ``bytedance/seedance-2-mini``.
    Facts: market/bytedance/seedance-2-mini of 2026-08-19.
    """

    prompt: str | None  # 3 to 20000 characters
    first_frame_url: FileLike | None  # image file
    last_frame_url: FileLike | None  # image file
    reference_image_urls: Files | None  # at most 9 items, image file, at most 30 MB
    reference_video_urls: Files | None  # at most 3 items, video file, at most 50 MB
    reference_audio_urls: Files | None  # at most 3 items, audio file, at most 15 MB
    generate_audio: bool | None  # default true
    resolution: Literal["480p", "720p", "768p"] | None  # default "720p"
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "21:9", "adaptive", "auto"] | None  # default "16:9"
    duration: int | str | None  # default 5, 4 to 15
    web_search: bool | None
    nsfw_checker: bool | None
    return_last_frame: bool | None  # deprecated
    images: Files | None  # = reference_image_urls
    first_frame: FileLike | None  # = first_frame_url
    last_frame: FileLike | None  # = last_frame_url
    video: FileLike | None  # = reference_video_urls[0]
    videos: Files | None  # = reference_video_urls
    audio: FileLike | None  # = reference_audio_urls[0]
    audios: Files | None  # = reference_audio_urls
    sound: bool | None  # = generate_audio


class BytedanceSeedreamInput(TypedDict, total=False):
    """Seedream 3.0 (text-to-image).

    ``bytedance/seedream``.
    Facts: market/seedream/seedream of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_size: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_16_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
        ]
        | None
    )  # default "square_hd"
    guidance_scale: float | None  # default 2.5, 1 to 10
    seed: int | None
    aspect_ratio: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_16_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
        ]
        | None
    )  # = image_size
    guidance: float | None  # = guidance_scale


class BytedanceSeedreamV4EditInput(TypedDict, total=False):
    """Seedream 4.0 edit (image-edit, image-to-image).

    ``bytedance/seedream-v4-edit``.
    Facts: market/seedream/seedream-v4-edit of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_urls: Files | None  # at most 10 items, image file, at most 10 MB
    image_size: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_3_2",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_3_2",
            "landscape_16_9",
            "landscape_21_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
            "3:2",
            "2:3",
            "21:9",
        ]
        | None
    )  # default "square_hd"
    image_resolution: Literal["1K", "2K", "4K"] | None  # default "1K"
    max_images: float | None  # default 1, 1 to 6
    seed: int | None
    nsfw_checker: bool | None
    images: Files | None  # = image_urls
    aspect_ratio: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_3_2",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_3_2",
            "landscape_16_9",
            "landscape_21_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
            "3:2",
            "2:3",
            "21:9",
        ]
        | None
    )  # = image_size
    resolution: Literal["1K", "2K", "4K"] | None  # = image_resolution
    count: float | None  # = max_images


class BytedanceSeedreamV4TextToImageInput(TypedDict, total=False):
    """Seedream 4.0 text to image (text-to-image).

    ``bytedance/seedream-v4-text-to-image``.
    Facts: market/seedream/seedream-v4-text-to-image of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_size: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_3_2",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_3_2",
            "landscape_16_9",
            "landscape_21_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
            "3:2",
            "2:3",
            "21:9",
        ]
        | None
    )  # default "square_hd"
    image_resolution: Literal["1K", "2K", "4K"] | None  # default "1K"
    max_images: float | None  # default 1, 1 to 6
    seed: int | None
    nsfw_checker: bool | None
    aspect_ratio: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_3_2",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_3_2",
            "landscape_16_9",
            "landscape_21_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
            "3:2",
            "2:3",
            "21:9",
        ]
        | None
    )  # = image_size
    resolution: Literal["1K", "2K", "4K"] | None  # = image_resolution
    count: float | None  # = max_images


class BytedanceV1LiteImageToVideoInput(TypedDict, total=False):
    """ByteDance v1 Lite image to video (image-to-video).

    ``bytedance/v1-lite-image-to-video``.
    Facts: market/bytedance/v1-lite-image-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 10000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    resolution: Literal["480p", "720p", "1080p", "768p"] | None  # default "720p"
    duration: Literal["5", "10", 5, 10] | None  # default "5"
    camera_fixed: bool | None
    seed: float | None  # default -1, -1 to 2147483647
    enable_safety_checker: bool | None
    end_image_url: FileLike | None  # image file, at most 10 MB
    nsfw_checker: bool | None
    images: Files | None  # = image_url
    first_frame: FileLike | None  # = image_url
    last_frame: FileLike | None  # = end_image_url


class BytedanceV1LiteTextToVideoInput(TypedDict, total=False):
    """ByteDance v1 Lite text to video (text-to-video).

    ``bytedance/v1-lite-text-to-video``.
    Facts: market/bytedance/v1-lite-text-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 10000 characters
    aspect_ratio: Literal["16:9", "4:3", "1:1", "3:4", "9:16", "9:21"] | None  # default "16:9"
    resolution: Literal["480p", "720p", "1080p", "768p"] | None  # default "720p"
    duration: Literal["5", "10", 5, 10] | None  # default "5"
    camera_fixed: bool | None
    seed: int | None
    enable_safety_checker: bool | None
    nsfw_checker: bool | None


class BytedanceV1ProFastImageToVideoInput(TypedDict, total=False):
    """ByteDance v1 Pro Fast image to video (image-to-video).

    ``bytedance/v1-pro-fast-image-to-video``.
    Facts: market/bytedance/v1-pro-fast-image-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 10000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    resolution: Literal["720p", "1080p", "768p"] | None  # default "720p"
    duration: Literal["5", "10", 5, 10] | None  # default "5"
    nsfw_checker: bool | None
    images: Files | None  # = image_url
    first_frame: FileLike | None  # = image_url


class BytedanceV1ProImageToVideoInput(TypedDict, total=False):
    """ByteDance v1 Pro image to video (image-to-video).

    ``bytedance/v1-pro-image-to-video``.
    Facts: market/bytedance/v1-pro-image-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 10000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    resolution: Literal["480p", "720p", "1080p", "768p"] | None  # default "720p"
    duration: Literal["5", "10", 5, 10] | None  # default "5"
    camera_fixed: bool | None
    seed: float | None  # default -1, -1 to 2147483647
    enable_safety_checker: bool | None
    nsfw_checker: bool | None
    images: Files | None  # = image_url
    first_frame: FileLike | None  # = image_url


class BytedanceV1ProTextToVideoInput(TypedDict, total=False):
    """ByteDance v1 Pro text to video (text-to-video).

    ``bytedance/v1-pro-text-to-video``.
    Facts: market/bytedance/v1-pro-text-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 10000 characters
    aspect_ratio: Literal["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"] | None  # default "16:9"
    resolution: Literal["480p", "720p", "1080p", "768p"] | None  # default "720p"
    duration: Literal["5", "10", 5, 10] | None  # default "5"
    camera_fixed: bool | None
    seed: float | None  # default -1, -1 to 2147483647
    enable_safety_checker: bool | None
    nsfw_checker: bool | None


class ChatCreditInput(TypedDict, total=False):
    """Credits left on the account (credits).

    ``chat/credit``.
    Facts: inventory of the contract of 2026-11-21, part 2.2 of 2026-08-19.
    """


class CommonDownloadUrlInput(TypedDict, total=False):
    """Download link of a result (download-url).

    ``common/download-url``.
    Facts: common-api/download-url of 2026-08-19.
    """

    url: Required[str]


class ElevenlabsAudioIsolationInput(TypedDict, total=False):
    """ElevenLabs audio isolation (audio-isolation).

    ``elevenlabs/audio-isolation``.
    Facts: market/elevenlabs/audio-isolation of 2026-08-19.
    """

    audio_url: FileLike | None  # audio file, at most 10 MB
    audio: FileLike | None  # = audio_url


class ElevenlabsTextToDialogueV3Dialogue(TypedDict, total=False):
    """A part of the input of ``elevenlabs/text-to-dialogue-v3``."""

    text: Required[str]
    voice: Required[
        Literal[
            "EkK5I93UQWFDigLMpZcX",
            "Z3R5wn05IrDiVCyEkUrK",
            "NNl6r8mD7vthiJatiJt1",
            "YOq2y2Up4RgXP2HyXjE5",
            "B8gJV1IhpuegLxdpXFOE",
            "2zRM7PkgwBPiau2jvVXc",
            "1SM7GgM6IMuvQlz2BwM3",
            "5l5f8iK3YPeGga21rQIX",
            "scOwDtmlUjD3prqpp97I",
            "NOpBlnGInO9m6vDvFkFC",
            "BZgkqPqms7Kj9ulSkVzn",
            "wo6udizrrtpIxWGp2qJk",
            "gU0LNdkMOQCOrPrwtbee",
            "DGzg6RaUqxGRTHSBjfgF",
            "x70vRnQBMBu4FAYhjJbO",
            "Sm1seazb4gs7RSlUVw7c",
            "P1bg08DkjqiVEzOn76yG",
            "qDuRKMlYmrm8trt5QyBn",
            "qXpMhyvQqiRxWQs4qSSB",
            "TX3LPaxmHKxFdv7VOQHJ",
            "N2lVS1w4EtoT3dr4eOWO",
            "FGY2WhTYpPnrIDTdsKH5",
            "kPzsL2i3teMYv0FxEYQ6",
            "UgBBYS2sOqTuMpoF3BR0",
            "hpp4J3VqNfWAUOO0d1Us",
            "nPczCjzI2devNBz1zQrb",
            "uYXf8XasLslADfZ2MB4u",
            "gs0tAILXbY5DNrJrsM6F",
            "DTKMou8ccj1ZaWGBiotd",
            "vBKc2FfBKJfcZNyEt1n6",
            "DYkrAHD8iwork3YSUBbs",
            "56AoDkrOh6qfVPDXZ7Pt",
            "eR40ATw9ArzDf9h3v7t7",
            "g6xIsTj2HwM6VR4iXFCw",
            "lcMyyd2HUfFzxdCaC4Ta",
            "6aDn1KB0hjpdcocrUkmq",
            "Sq93GQT4X1lKDXsQcixO",
            "flHkNRp1BlvT73UL6gyz",
            "9yzdeviXkFddZ4Oz8Mok",
            "pPdl9cQBQq4p6mRkZy2Z",
            "zYcjlYFOd3taleS0gkk3",
            "nzeAacJi50IvxcyDnMXa",
            "ruirxsoakN0GWmGNIo04",
            "TC0Zp7WVFzhA8zpTlRqV",
            "ljo9gAlSqKOvF6D8sOsX",
            "PPzYpIqttlTYA83688JI",
            "8JVbfL6oEdmuxKn5DK2C",
            "iCrDUkL56s3C8sCRl7wb",
            "wJqPPQ618aTW29mptyoc",
            "EiNlNiXeDU1pqqOPrYMO",
            "4YYIPFl9wE5c4L2eu2Gb",
            "6F5Zhi321D3Oq7v1oNT4",
            "YXpFCvM1S3JbWEJhoskW",
            "LG95yZDEHg6fCZdQjLqj",
            "CeNX9CMwmxDxUF5Q2Inm",
            "aD6riP1btT197c6dACmy",
            "mtrellq69YZsNwzUSyXh",
            "dHd5gvgSOzSfduK4CvEg",
            "eVItLK1UvXctxuaRV2Oq",
            "esy0r39YPLQjOczyOib8",
            "Tsns2HvNFKfGiNjllgqo",
            "1U02n4nD6AdIZ9CjF053",
            "AeRdCCKzvd23BpJoofzx",
            "LruHrtVF6PSyGItzMNHS",
            "1wGbFxmAM3Fgw63G1zZJ",
            "hqfrgApggtO1785R4Fsn",
            "MJ0RnG71ty4LH3dvNfSd",
            "Addison",
            "Addison 2.0",
            "Adeline",
            "Allison",
            "Ana",
            "Ana Rita",
            "Anika",
            "Arabella",
            "Aria",
            "Bella",
            "Benjamin",
            "Bradford",
            "Brian",
            "British Football Announcer",
            "Britney",
            "Brittney",
            "Brock",
            "Burt",
            "Burt Reynolds",
            "Callum",
            "Cassidy",
            "Ed",
            "Edward",
            "Emma",
            "Eve",
            "Felix",
            "Finn",
            "Hank",
            "Hope",
            "Horatius",
            "Jamahal",
            "James",
            "Jean",
            "Jeff",
            "Jessica",
            "Jessica Anne Bogart",
            "John",
            "John Doe",
            "John Morgan",
            "Johnny",
            "Johnny Dynamite",
            "Johnny Kid",
            "Kuon",
            "Laura",
            "Leon",
            "Liam",
            "Lucy",
            "Lutz",
            "Mark",
            "Marshal",
            "Monika",
            "Monika Sogam",
            "Nathan",
            "Nathaniel",
            "Northern Terry",
            "Phil",
            "Pirate Marshal",
            "Rachel",
            "Rachel M",
            "Rex",
            "Rex Thunder",
            "Sam",
            "Spuds",
            "Spuds Oxley",
            "Sven",
            "Taksh",
            "Theodore",
            "Theodore Hq",
            "Tiffany",
            "Tom",
            "Viking Bjorn",
            "Viraj",
            "Wyatt",
            "Xavier",
        ]
        | str
    ]  # default "EkK5I93UQWFDigLMpZcX"


class ElevenlabsTextToDialogueV3Input(TypedDict, total=False):
    """ElevenLabs text to dialogue V3 (text-to-dialogue).

    ``elevenlabs/text-to-dialogue-v3``.
    Facts: market/elevenlabs/text-to-dialogue-v3 of 2026-08-19.
    """

    dialogue: Required[ElevenlabsTextToDialogueV3Dialogue | Sequence[ElevenlabsTextToDialogueV3Dialogue]]
    stability: Literal["0", "0.5", "1", 0, 1] | float | None  # default 0.5
    language_code: (
        Literal[
            "af",
            "ar",
            "hy",
            "as",
            "az",
            "be",
            "bn",
            "bs",
            "bg",
            "ca",
            "ceb",
            "ny",
            "hr",
            "cs",
            "da",
            "nl",
            "en",
            "et",
            "fil",
            "fi",
            "fr",
            "gl",
            "ka",
            "de",
            "el",
            "gu",
            "ha",
            "he",
            "hi",
            "hu",
            "is",
            "id",
            "ga",
            "it",
            "ja",
            "jv",
            "kn",
            "kk",
            "ky",
            "ko",
            "lv",
            "ln",
            "lt",
            "lb",
            "mk",
            "ms",
            "ml",
            "zh",
            "mr",
            "ne",
            "no",
            "ps",
            "fa",
            "pl",
            "pt",
            "pa",
            "ro",
            "ru",
            "sr",
            "sd",
            "sk",
            "sl",
            "so",
            "es",
            "sw",
            "sv",
            "ta",
            "te",
            "th",
            "tr",
            "uk",
            "ur",
            "vi",
            "cy",
        ]
        | None
    )
    language: (
        Literal[
            "af",
            "ar",
            "hy",
            "as",
            "az",
            "be",
            "bn",
            "bs",
            "bg",
            "ca",
            "ceb",
            "ny",
            "hr",
            "cs",
            "da",
            "nl",
            "en",
            "et",
            "fil",
            "fi",
            "fr",
            "gl",
            "ka",
            "de",
            "el",
            "gu",
            "ha",
            "he",
            "hi",
            "hu",
            "is",
            "id",
            "ga",
            "it",
            "ja",
            "jv",
            "kn",
            "kk",
            "ky",
            "ko",
            "lv",
            "ln",
            "lt",
            "lb",
            "mk",
            "ms",
            "ml",
            "zh",
            "mr",
            "ne",
            "no",
            "ps",
            "fa",
            "pl",
            "pt",
            "pa",
            "ro",
            "ru",
            "sr",
            "sd",
            "sk",
            "sl",
            "so",
            "es",
            "sw",
            "sv",
            "ta",
            "te",
            "th",
            "tr",
            "uk",
            "ur",
            "vi",
            "cy",
        ]
        | None
    )  # = language_code


class ElevenlabsTextToSpeechMultilingualV2Input(TypedDict, total=False):
    """ElevenLabs text to speech Multilingual V2 (text-to-speech).

    ``elevenlabs/text-to-speech-multilingual-v2``.
    Facts: market/elevenlabs/text-to-speech-multilingual-v2 of 2026-08-19.
    """

    text: str | None  # at most 5000 characters
    voice: (
        Literal[
            "EkK5I93UQWFDigLMpZcX",
            "Z3R5wn05IrDiVCyEkUrK",
            "NNl6r8mD7vthiJatiJt1",
            "YOq2y2Up4RgXP2HyXjE5",
            "B8gJV1IhpuegLxdpXFOE",
            "2zRM7PkgwBPiau2jvVXc",
            "1SM7GgM6IMuvQlz2BwM3",
            "5l5f8iK3YPeGga21rQIX",
            "scOwDtmlUjD3prqpp97I",
            "NOpBlnGInO9m6vDvFkFC",
            "BZgkqPqms7Kj9ulSkVzn",
            "wo6udizrrtpIxWGp2qJk",
            "gU0LNdkMOQCOrPrwtbee",
            "DGzg6RaUqxGRTHSBjfgF",
            "x70vRnQBMBu4FAYhjJbO",
            "Sm1seazb4gs7RSlUVw7c",
            "P1bg08DkjqiVEzOn76yG",
            "qDuRKMlYmrm8trt5QyBn",
            "qXpMhyvQqiRxWQs4qSSB",
            "TX3LPaxmHKxFdv7VOQHJ",
            "N2lVS1w4EtoT3dr4eOWO",
            "FGY2WhTYpPnrIDTdsKH5",
            "kPzsL2i3teMYv0FxEYQ6",
            "UgBBYS2sOqTuMpoF3BR0",
            "hpp4J3VqNfWAUOO0d1Us",
            "nPczCjzI2devNBz1zQrb",
            "uYXf8XasLslADfZ2MB4u",
            "gs0tAILXbY5DNrJrsM6F",
            "DTKMou8ccj1ZaWGBiotd",
            "vBKc2FfBKJfcZNyEt1n6",
            "DYkrAHD8iwork3YSUBbs",
            "56AoDkrOh6qfVPDXZ7Pt",
            "eR40ATw9ArzDf9h3v7t7",
            "g6xIsTj2HwM6VR4iXFCw",
            "lcMyyd2HUfFzxdCaC4Ta",
            "6aDn1KB0hjpdcocrUkmq",
            "Sq93GQT4X1lKDXsQcixO",
            "flHkNRp1BlvT73UL6gyz",
            "9yzdeviXkFddZ4Oz8Mok",
            "pPdl9cQBQq4p6mRkZy2Z",
            "zYcjlYFOd3taleS0gkk3",
            "nzeAacJi50IvxcyDnMXa",
            "ruirxsoakN0GWmGNIo04",
            "TC0Zp7WVFzhA8zpTlRqV",
            "ljo9gAlSqKOvF6D8sOsX",
            "PPzYpIqttlTYA83688JI",
            "8JVbfL6oEdmuxKn5DK2C",
            "iCrDUkL56s3C8sCRl7wb",
            "wJqPPQ618aTW29mptyoc",
            "EiNlNiXeDU1pqqOPrYMO",
            "4YYIPFl9wE5c4L2eu2Gb",
            "6F5Zhi321D3Oq7v1oNT4",
            "YXpFCvM1S3JbWEJhoskW",
            "LG95yZDEHg6fCZdQjLqj",
            "CeNX9CMwmxDxUF5Q2Inm",
            "aD6riP1btT197c6dACmy",
            "mtrellq69YZsNwzUSyXh",
            "dHd5gvgSOzSfduK4CvEg",
            "eVItLK1UvXctxuaRV2Oq",
            "esy0r39YPLQjOczyOib8",
            "Tsns2HvNFKfGiNjllgqo",
            "1U02n4nD6AdIZ9CjF053",
            "AeRdCCKzvd23BpJoofzx",
            "LruHrtVF6PSyGItzMNHS",
            "1wGbFxmAM3Fgw63G1zZJ",
            "hqfrgApggtO1785R4Fsn",
            "MJ0RnG71ty4LH3dvNfSd",
            "Addison",
            "Addison 2.0",
            "Adeline",
            "Allison",
            "Ana",
            "Ana Rita",
            "Anika",
            "Arabella",
            "Aria",
            "Bella",
            "Benjamin",
            "Bradford",
            "Brian",
            "British Football Announcer",
            "Britney",
            "Brittney",
            "Brock",
            "Burt",
            "Burt Reynolds",
            "Callum",
            "Cassidy",
            "Ed",
            "Edward",
            "Emma",
            "Eve",
            "Felix",
            "Finn",
            "Hank",
            "Hope",
            "Horatius",
            "Jamahal",
            "James",
            "Jean",
            "Jeff",
            "Jessica",
            "Jessica Anne Bogart",
            "John",
            "John Doe",
            "John Morgan",
            "Johnny",
            "Johnny Dynamite",
            "Johnny Kid",
            "Kuon",
            "Laura",
            "Leon",
            "Liam",
            "Lucy",
            "Lutz",
            "Mark",
            "Marshal",
            "Monika",
            "Monika Sogam",
            "Nathan",
            "Nathaniel",
            "Northern Terry",
            "Phil",
            "Pirate Marshal",
            "Rachel",
            "Rachel M",
            "Rex",
            "Rex Thunder",
            "Sam",
            "Spuds",
            "Spuds Oxley",
            "Sven",
            "Taksh",
            "Theodore",
            "Theodore Hq",
            "Tiffany",
            "Tom",
            "Viking Bjorn",
            "Viraj",
            "Wyatt",
            "Xavier",
        ]
        | None
    )  # default "EkK5I93UQWFDigLMpZcX"
    stability: float | None  # default 0.5, 0 to 1
    similarity_boost: float | None  # default 0.75, 0 to 1
    style: float | None  # default 0, 0 to 1
    speed: float | None  # default 1, 0.7 to 1.2
    timestamps: bool | None
    previous_text: str | None  # at most 5000 characters
    next_text: str | None  # at most 5000 characters
    language_code: str | None  # at most 500 characters
    prompt: str | None  # = text
    language: str | None  # = language_code


class ElevenlabsTextToSpeechTurbo25Input(TypedDict, total=False):
    """ElevenLabs text to speech Turbo 2.5 (text-to-speech).

    ``elevenlabs/text-to-speech-turbo-2-5``.
    Facts: market/elevenlabs/text-to-speech-turbo-2-5 of 2026-08-19.
    """

    text: str | None  # at most 5000 characters
    voice: (
        Literal[
            "EkK5I93UQWFDigLMpZcX",
            "Z3R5wn05IrDiVCyEkUrK",
            "NNl6r8mD7vthiJatiJt1",
            "YOq2y2Up4RgXP2HyXjE5",
            "B8gJV1IhpuegLxdpXFOE",
            "2zRM7PkgwBPiau2jvVXc",
            "1SM7GgM6IMuvQlz2BwM3",
            "5l5f8iK3YPeGga21rQIX",
            "scOwDtmlUjD3prqpp97I",
            "NOpBlnGInO9m6vDvFkFC",
            "BZgkqPqms7Kj9ulSkVzn",
            "wo6udizrrtpIxWGp2qJk",
            "gU0LNdkMOQCOrPrwtbee",
            "DGzg6RaUqxGRTHSBjfgF",
            "x70vRnQBMBu4FAYhjJbO",
            "Sm1seazb4gs7RSlUVw7c",
            "P1bg08DkjqiVEzOn76yG",
            "qDuRKMlYmrm8trt5QyBn",
            "qXpMhyvQqiRxWQs4qSSB",
            "TX3LPaxmHKxFdv7VOQHJ",
            "N2lVS1w4EtoT3dr4eOWO",
            "FGY2WhTYpPnrIDTdsKH5",
            "kPzsL2i3teMYv0FxEYQ6",
            "UgBBYS2sOqTuMpoF3BR0",
            "hpp4J3VqNfWAUOO0d1Us",
            "nPczCjzI2devNBz1zQrb",
            "uYXf8XasLslADfZ2MB4u",
            "gs0tAILXbY5DNrJrsM6F",
            "DTKMou8ccj1ZaWGBiotd",
            "vBKc2FfBKJfcZNyEt1n6",
            "DYkrAHD8iwork3YSUBbs",
            "56AoDkrOh6qfVPDXZ7Pt",
            "eR40ATw9ArzDf9h3v7t7",
            "g6xIsTj2HwM6VR4iXFCw",
            "lcMyyd2HUfFzxdCaC4Ta",
            "6aDn1KB0hjpdcocrUkmq",
            "Sq93GQT4X1lKDXsQcixO",
            "flHkNRp1BlvT73UL6gyz",
            "9yzdeviXkFddZ4Oz8Mok",
            "pPdl9cQBQq4p6mRkZy2Z",
            "zYcjlYFOd3taleS0gkk3",
            "nzeAacJi50IvxcyDnMXa",
            "ruirxsoakN0GWmGNIo04",
            "TC0Zp7WVFzhA8zpTlRqV",
            "ljo9gAlSqKOvF6D8sOsX",
            "PPzYpIqttlTYA83688JI",
            "8JVbfL6oEdmuxKn5DK2C",
            "iCrDUkL56s3C8sCRl7wb",
            "wJqPPQ618aTW29mptyoc",
            "EiNlNiXeDU1pqqOPrYMO",
            "4YYIPFl9wE5c4L2eu2Gb",
            "6F5Zhi321D3Oq7v1oNT4",
            "YXpFCvM1S3JbWEJhoskW",
            "LG95yZDEHg6fCZdQjLqj",
            "CeNX9CMwmxDxUF5Q2Inm",
            "aD6riP1btT197c6dACmy",
            "mtrellq69YZsNwzUSyXh",
            "dHd5gvgSOzSfduK4CvEg",
            "eVItLK1UvXctxuaRV2Oq",
            "esy0r39YPLQjOczyOib8",
            "Tsns2HvNFKfGiNjllgqo",
            "1U02n4nD6AdIZ9CjF053",
            "AeRdCCKzvd23BpJoofzx",
            "LruHrtVF6PSyGItzMNHS",
            "1wGbFxmAM3Fgw63G1zZJ",
            "hqfrgApggtO1785R4Fsn",
            "MJ0RnG71ty4LH3dvNfSd",
            "Addison",
            "Addison 2.0",
            "Adeline",
            "Allison",
            "Ana",
            "Ana Rita",
            "Anika",
            "Arabella",
            "Aria",
            "Bella",
            "Benjamin",
            "Bradford",
            "Brian",
            "British Football Announcer",
            "Britney",
            "Brittney",
            "Brock",
            "Burt",
            "Burt Reynolds",
            "Callum",
            "Cassidy",
            "Ed",
            "Edward",
            "Emma",
            "Eve",
            "Felix",
            "Finn",
            "Hank",
            "Hope",
            "Horatius",
            "Jamahal",
            "James",
            "Jean",
            "Jeff",
            "Jessica",
            "Jessica Anne Bogart",
            "John",
            "John Doe",
            "John Morgan",
            "Johnny",
            "Johnny Dynamite",
            "Johnny Kid",
            "Kuon",
            "Laura",
            "Leon",
            "Liam",
            "Lucy",
            "Lutz",
            "Mark",
            "Marshal",
            "Monika",
            "Monika Sogam",
            "Nathan",
            "Nathaniel",
            "Northern Terry",
            "Phil",
            "Pirate Marshal",
            "Rachel",
            "Rachel M",
            "Rex",
            "Rex Thunder",
            "Sam",
            "Spuds",
            "Spuds Oxley",
            "Sven",
            "Taksh",
            "Theodore",
            "Theodore Hq",
            "Tiffany",
            "Tom",
            "Viking Bjorn",
            "Viraj",
            "Wyatt",
            "Xavier",
        ]
        | None
    )  # default "EkK5I93UQWFDigLMpZcX"
    stability: float | None  # default 0.5, 0 to 1
    similarity_boost: float | None  # default 0.75, 0 to 1
    style: float | None  # default 0, 0 to 1
    speed: float | None  # default 1, 0.7 to 1.2
    timestamps: bool | None
    previous_text: str | None  # at most 5000 characters
    next_text: str | None  # at most 5000 characters
    language_code: str | None  # at most 500 characters
    prompt: str | None  # = text
    language: str | None  # = language_code


class Flux2FlexImageToImageInput(TypedDict, total=False):
    """FLUX 2 Flex image to image (image-to-image).

    ``flux-2/flex-image-to-image``.
    Facts: market/flux2/flex-image-to-image of 2026-08-19.
    """

    input_urls: Files | None  # at most 8 items, image file, at most 10 MB
    prompt: Required[str]  # 3 to 5000 characters
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "3:2", "2:3", "auto"] | None  # default "1:1"
    resolution: Literal["1K", "2K"] | None  # default "1K"
    nsfw_checker: bool | None
    images: Files | None  # = input_urls


class Flux2FlexTextToImageInput(TypedDict, total=False):
    """FLUX 2 Flex text to image (text-to-image).

    ``flux-2/flex-text-to-image``.
    Facts: market/flux2/flex-text-to-image of 2026-08-19.
    """

    prompt: Required[str]  # 3 to 5000 characters
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "3:2", "2:3"] | None  # default "1:1"
    resolution: Literal["1K", "2K"] | None  # default "1K"
    nsfw_checker: bool | None


class Flux2ProImageToImageInput(TypedDict, total=False):
    """FLUX 2 Pro image to image (image-to-image).

    ``flux-2/pro-image-to-image``.
    Facts: market/flux2/pro-image-to-image of 2026-08-19.
    """

    input_urls: Files | None  # at most 8 items, image file, at most 10 MB
    prompt: Required[str]  # 3 to 5000 characters
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "3:2", "2:3", "auto"] | None  # default "1:1"
    resolution: Literal["1K", "2K"] | None  # default "1K"
    nsfw_checker: bool | None
    images: Files | None  # = input_urls


class Flux2ProTextToImageInput(TypedDict, total=False):
    """FLUX 2 Pro text to image (text-to-image).

    ``flux-2/pro-text-to-image``.
    Facts: market/flux2/pro-text-to-image of 2026-08-19.
    """

    prompt: Required[str]  # 3 to 5000 characters
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "3:2", "2:3"] | None  # default "1:1"
    resolution: Literal["1K", "2K"] | None  # default "1K"
    nsfw_checker: bool | None


class Flux1KontextInput(TypedDict, total=False):
    """FLUX.1 Kontext (text-to-image, image-to-image).

    ``flux1-kontext``.
    Facts: flux1-kontext of 2026-10-07.
    """

    prompt: Required[str]
    enable_translation: bool | None  # default true
    upload_cn: bool | None
    input_image: FileLike | None  # image file
    aspect_ratio: Literal["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"] | str | None
    output_format: Literal["jpeg", "png"] | str | None
    prompt_upsampling: bool | None
    safety_tolerance: int | None  # 0 to 6
    watermark: str | None
    images: Files | None  # = input_image
    format: Literal["jpeg", "png"] | str | None  # = output_format
    safety: int | None  # = safety_tolerance


class GeminiOmniVideoVideoList(TypedDict, total=False):
    """A part of the input of ``gemini-omni-video``."""

    url: Required[FileLike]  # video file, at most 100 MB
    start: Required[float]  # from 0
    ends: Required[float]  # from 0


class GeminiOmniVideoInput(TypedDict, total=False):
    """Gemini Omni video (text-to-video, image-to-video, video-to-video).

    ``gemini-omni-video``.
    Facts: market/gemini-omni-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 20000 characters
    image_urls: Files | None  # at most 7 items, image file, at most 20 MB
    audio_ids: Sequence[str] | None  # at most 3 items
    video_list: GeminiOmniVideoVideoList | Sequence[GeminiOmniVideoVideoList] | None  # at most 1 items
    character_ids: Sequence[str] | None  # at most 3 items
    duration: Required[Literal["4", "6", "8", "10", 4, 6, 8, 10]]
    aspect_ratio: Literal["16:9", "9:16"] | None
    seed: int | None  # 0 to 2147483647
    resolution: Literal["720p", "1080p", "4k", "768p", "2160p"] | None  # default "720p"
    images: Files | None  # = image_urls
    first_frame: FileLike | None  # = image_urls[0]


class GoogleGemini25ProTtsDialogueTurns(TypedDict, total=False):
    """A part of the input of ``google/gemini-2-5-pro-tts``."""

    speaker_id: Required[str]
    text: Required[str]
    style: str


class GoogleGemini25ProTtsSpeakers(TypedDict, total=False):
    """A part of the input of ``google/gemini-2-5-pro-tts``."""

    speaker_id: Required[str]
    voice_name: Required[str]


class GoogleGemini25ProTtsInput(TypedDict, total=False):
    """Gemini 2.5 Pro TTS (text-to-speech).

    ``google/gemini-2-5-pro-tts``.
    Facts: google/gemini-2-5-pro-tts of 2026-10-07.
    """

    speakers: Required[GoogleGemini25ProTtsSpeakers | Sequence[GoogleGemini25ProTtsSpeakers]]  # at most 2 items
    dialogue_turns: Required[GoogleGemini25ProTtsDialogueTurns | Sequence[GoogleGemini25ProTtsDialogueTurns]]
    scene: str | None
    sample_context: str | None


class GoogleGemini31FlashTtsDialogueTurns(TypedDict, total=False):
    """A part of the input of ``google/gemini-3-1-flash-tts``."""

    speaker_id: Required[str]
    text: Required[str]  # at most 10000 characters


class GoogleGemini31FlashTtsSpeakers(TypedDict, total=False):
    """A part of the input of ``google/gemini-3-1-flash-tts``."""

    speaker_id: Required[str]
    voice_name: Required[
        Literal[
            "Achernar",
            "Achird",
            "Algenib",
            "Algieba",
            "Alnilam",
            "Aoede",
            "Autonoe",
            "Callirrhoe",
            "Charon",
            "Despina",
            "Enceladus",
            "Erinome",
            "Fenrir",
            "Gacrux",
            "Iapetus",
            "Kore",
            "Laomedeia",
            "Leda",
            "Orus",
            "Puck",
            "Pulcherrima",
            "Rasalgethi",
            "Sadachbia",
            "Sadaltager",
            "Schedar",
            "Sulafat",
            "Umbriel",
            "Vindemiatrix",
            "Zephyr",
            "Zubenelgenubi",
        ]
    ]
    audio_profile: str
    accent: Required[
        Literal[
            "Neutral",
            "American (Gen)",
            "American (Valley)",
            "American (South)",
            "British (RP)",
            "British (Brixton)",
            "Transatlantic",
            "Australian",
        ]
    ]
    style: Literal["Vocal Smile", "Newscaster", "Whisper", "Empathetic", "Promo/Hype", "Deadpan"]
    pace: Literal["Natural", "Rapid Fire", "The Drift", "Staccato"]


class GoogleGemini31FlashTtsInput(TypedDict, total=False):
    """Gemini 3.1 Flash TTS (text-to-speech).

    ``google/gemini-3-1-flash-tts``.
    Facts: market/google/gemini-3-1-flash-tts of 2026-08-19.
    """

    temperature: float | None  # default 1, 0 to 2
    scene: str | None
    sample_context: str | None
    speakers: Required[GoogleGemini31FlashTtsSpeakers | Sequence[GoogleGemini31FlashTtsSpeakers]]
    dialogue_turns: Required[GoogleGemini31FlashTtsDialogueTurns | Sequence[GoogleGemini31FlashTtsDialogueTurns]]


class GoogleGemini38FlashLiteTtsDialogueTurns(TypedDict, total=False):
    """A part of the input of ``google/gemini-3-8-flash-lite-tts``."""

    speaker_id: Required[str]
    text: Required[str]
    style: str


class GoogleGemini38FlashLiteTtsSpeakers(TypedDict, total=False):
    """A part of the input of ``google/gemini-3-8-flash-lite-tts``."""

    speaker_id: Required[str]
    voice_name: Required[str]


class GoogleGemini38FlashLiteTtsInput(TypedDict, total=False):
    """Gemini 3.8 Flash Lite TTS (text-to-speech).

    ``google/gemini-3-8-flash-lite-tts``.
    Facts: google/gemini-3-8-flash-lite-tts of 2026-10-07.
    """

    speakers: Required[
        GoogleGemini38FlashLiteTtsSpeakers | Sequence[GoogleGemini38FlashLiteTtsSpeakers]
    ]  # at most 2 items
    dialogue_turns: Required[
        GoogleGemini38FlashLiteTtsDialogueTurns | Sequence[GoogleGemini38FlashLiteTtsDialogueTurns]
    ]
    scene: str | None
    sample_context: str | None


class GoogleGemini38FlashTtsDialogueTurns(TypedDict, total=False):
    """A part of the input of ``google/gemini-3-8-flash-tts``."""

    speaker_id: Required[str]
    text: Required[str]
    style: str


class GoogleGemini38FlashTtsSpeakers(TypedDict, total=False):
    """A part of the input of ``google/gemini-3-8-flash-tts``."""

    speaker_id: Required[str]
    voice_name: Required[str]


class GoogleGemini38FlashTtsInput(TypedDict, total=False):
    """Gemini 3.8 Flash TTS (text-to-speech).

    ``google/gemini-3-8-flash-tts``.
    Facts: google/gemini-3-8-flash-tts of 2026-10-07.
    """

    speakers: Required[GoogleGemini38FlashTtsSpeakers | Sequence[GoogleGemini38FlashTtsSpeakers]]  # at most 2 items
    dialogue_turns: Required[GoogleGemini38FlashTtsDialogueTurns | Sequence[GoogleGemini38FlashTtsDialogueTurns]]
    scene: str | None
    sample_context: str | None


class GoogleGeminiOmniFlash11VideoList(TypedDict, total=False):
    """A part of the input of ``google/gemini-omni-flash-1-1``."""

    url: Required[FileLike]  # video file
    start: Required[float]
    ends: Required[float]


class GoogleGeminiOmniFlash11Input(TypedDict, total=False):
    """Gemini Omni Flash 1.1 (text-to-video, image-to-video, video-to-video).

    ``google/gemini-omni-flash-1-1``.
    Facts: google/gemini-omni-flash-1-1 of 2026-10-07.
    """

    prompt: Required[str]  # at most 20000 characters
    duration: Required[Literal["4", "6", "8", "10", 4, 6, 8, 10]]
    image_urls: Files | None  # at most 7 items, image file
    audio_ids: Sequence[str] | None  # at most 3 items
    character_ids: Sequence[str] | None  # at most 3 items
    video_list: GoogleGeminiOmniFlash11VideoList | Sequence[GoogleGeminiOmniFlash11VideoList] | None  # at most 1 items
    first_frame_url: FileLike | None  # image file
    last_frame_url: FileLike | None  # image file
    aspect_ratio: Literal["16:9", "9:16"] | str | None
    resolution: Literal["360p", "720p", "1080p", "4k", "768p", "2160p"] | None
    seed: int | None
    images: Files | None  # = image_urls
    first_frame: FileLike | None  # = first_frame_url
    last_frame: FileLike | None  # = last_frame_url


class GoogleImagen4Input(TypedDict, total=False):
    """Imagen 4 (text-to-image).

    ``google/imagen4``.
    Facts: market/google/imagen4 of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    negative_prompt: str | None  # at most 5000 characters
    aspect_ratio: Literal["1:1", "16:9", "9:16", "3:4", "4:3", "auto"] | None  # default "1:1"
    seed: str | float | None  # at most 500 characters


class GoogleImagen4FastInput(TypedDict, total=False):
    """Imagen 4 Fast (text-to-image).

    ``google/imagen4-fast``.
    Facts: market/google/imagen4-fast of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    negative_prompt: str | None  # at most 5000 characters
    aspect_ratio: Literal["1:1", "16:9", "9:16", "3:4", "4:3", "auto"] | None  # default "16:9"
    seed: int | None


class GoogleImagen4UltraInput(TypedDict, total=False):
    """Imagen 4 Ultra (text-to-image).

    ``google/imagen4-ultra``.
    Facts: market/google/imagen4-ultra of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    negative_prompt: str | None  # at most 5000 characters
    aspect_ratio: Literal["1:1", "16:9", "9:16", "3:4", "4:3", "auto"] | None  # default "1:1"
    seed: str | float | None  # at most 500 characters


class GoogleNanoBananaInput(TypedDict, total=False):
    """Nano Banana (text-to-image).

    ``google/nano-banana``.
    Facts: market/google/nano-banana of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    output_format: Literal["png", "jpeg"] | None  # default "png"
    aspect_ratio: (
        Literal["1:1", "9:16", "16:9", "3:4", "4:3", "3:2", "2:3", "5:4", "4:5", "21:9", "auto"] | None
    )  # default "1:1"
    image_size: (
        Literal["1:1", "9:16", "16:9", "3:4", "4:3", "3:2", "2:3", "5:4", "4:5", "21:9", "auto"] | None
    )  # deprecated, default "1:1"
    nsfw_checker: bool | None
    format: Literal["png", "jpeg"] | None  # = output_format


class GoogleNanoBananaEditInput(TypedDict, total=False):
    """Nano Banana edit (image-edit, image-to-image).

    ``google/nano-banana-edit``.
    Facts: market/google/nano-banana-edit of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_urls: Files | None  # at most 10 items, image file, at most 10 MB
    output_format: Literal["png", "jpeg"] | None  # default "png"
    aspect_ratio: (
        Literal["1:1", "9:16", "16:9", "3:4", "4:3", "3:2", "2:3", "5:4", "4:5", "21:9", "auto"] | None
    )  # default "1:1"
    image_size: (
        Literal["1:1", "9:16", "16:9", "3:4", "4:3", "3:2", "2:3", "5:4", "4:5", "21:9", "auto"] | None
    )  # deprecated, default "1:1"
    images: Files | None  # = image_urls
    format: Literal["png", "jpeg"] | None  # = output_format


class GptImage25FlareImageToImageInput(TypedDict, total=False):
    """GPT Image 2.5 Flare image to image (image-to-image).

    ``gpt-image-2-5-flare-image-to-image``.
    Facts: gpt-image-2-5-flare-image-to-image of 2026-10-07.
    """

    prompt: Required[str]  # at most 20000 characters
    aspect_ratio: (
        Literal["auto", "1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9", "27:16", "16:27", "9:8", "8:9"]
        | str
        | None
    )  # default "auto"
    resolution: Literal["1K", "2K", "4K"] | None
    background: Literal["transparent", "opaque", "auto"] | str | None
    input_urls: Files | None  # at most 16 items, image file
    images: Files | None  # = input_urls


class GptImage25FlareTextToImageInput(TypedDict, total=False):
    """GPT Image 2.5 Flare text to image (text-to-image).

    ``gpt-image-2-5-flare-text-to-image``.
    Facts: gpt-image-2-5-flare-text-to-image of 2026-10-07.
    """

    prompt: Required[str]  # at most 20000 characters
    aspect_ratio: (
        Literal["auto", "1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9", "27:16", "16:27", "9:8", "8:9"]
        | str
        | None
    )  # default "auto"
    resolution: Literal["1K", "2K", "4K"] | None
    background: Literal["transparent", "opaque", "auto"] | str | None


class GptImage25SunburstImageToImageInput(TypedDict, total=False):
    """GPT Image 2.5 Sunburst image to image (image-to-image).

    ``gpt-image-2-5-sunburst-image-to-image``.
    Facts: gpt-image-2-5-sunburst-image-to-image of 2026-10-07.
    """

    prompt: Required[str]  # at most 20000 characters
    aspect_ratio: (
        Literal["auto", "1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9", "27:16", "16:27", "9:8", "8:9"]
        | str
        | None
    )  # default "auto"
    resolution: Literal["1K", "2K", "4K"] | None
    background: Literal["transparent", "opaque", "auto"] | str | None
    input_urls: Files | None  # at most 16 items, image file
    images: Files | None  # = input_urls


class GptImage25SunburstTextToImageInput(TypedDict, total=False):
    """GPT Image 2.5 Sunburst text to image (text-to-image).

    ``gpt-image-2-5-sunburst-text-to-image``.
    Facts: gpt-image-2-5-sunburst-text-to-image of 2026-10-07.
    """

    prompt: Required[str]  # at most 20000 characters
    aspect_ratio: (
        Literal["auto", "1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9", "27:16", "16:27", "9:8", "8:9"]
        | str
        | None
    )  # default "auto"
    resolution: Literal["1K", "2K", "4K"] | None
    background: Literal["transparent", "opaque", "auto"] | str | None


class GptImage2ImageToImageInput(TypedDict, total=False):
    """GPT Image 2 image to image (image-to-image).

    ``gpt-image-2-image-to-image``.
    Facts: market/gpt/gpt-image-2-image-to-image of 2026-08-19.
    """

    prompt: Required[str]  # at most 20000 characters
    input_urls: Files | None  # at most 16 items, image file
    aspect_ratio: (
        Literal[
            "auto",
            "1:1",
            "3:2",
            "2:3",
            "4:3",
            "3:4",
            "5:4",
            "4:5",
            "16:9",
            "9:16",
            "2:1",
            "1:2",
            "3:1",
            "1:3",
            "21:9",
            "9:21",
        ]
        | None
    )
    resolution: Literal["1K", "2K", "4K"] | None
    nsfw_checker: bool | None
    images: Files | None  # = input_urls


class GptImage2TextToImageInput(TypedDict, total=False):
    """GPT Image 2 text to image (text-to-image).

    ``gpt-image-2-text-to-image``.
    Facts: market/gpt/gpt-image-2-text-to-image of 2026-08-19.
    """

    prompt: Required[str]  # 1 to 20000 characters
    aspect_ratio: (
        Literal[
            "auto",
            "1:1",
            "3:2",
            "2:3",
            "4:3",
            "3:4",
            "5:4",
            "4:5",
            "16:9",
            "9:16",
            "2:1",
            "1:2",
            "3:1",
            "1:3",
            "21:9",
            "9:21",
        ]
        | None
    )
    resolution: Literal["1K", "2K", "4K"] | None
    nsfw_checker: bool | None


class GptImage15ImageToImageInput(TypedDict, total=False):
    """GPT Image 1.5 image to image (image-to-image).

    ``gpt-image/1.5-image-to-image``.
    Facts: market/gpt-image/1-5-image-to-image of 2026-08-19.
    """

    input_urls: Files | None  # at most 16 items, image file, at most 10 MB
    prompt: Required[str]
    aspect_ratio: Literal["1:1", "2:3", "3:2"] | None  # default "3:2"
    quality: Literal["medium", "high"] | None  # default "medium"
    images: Files | None  # = input_urls


class GptImage15TextToImageInput(TypedDict, total=False):
    """GPT Image 1.5 text to image (text-to-image).

    ``gpt-image/1.5-text-to-image``.
    Facts: market/gpt-image/1-5-text-to-image of 2026-08-19.
    """

    prompt: Required[str]
    aspect_ratio: Literal["1:1", "2:3", "3:2"] | None  # default "1:1"
    quality: Literal["medium", "high"] | None  # default "medium"


class GrokImagineImage20ImageEditInput(TypedDict, total=False):
    """Grok Imagine Image 2.0 image edit (image-edit, image-to-image).

    ``grok-imagine-image-2-0/image-edit``.
    Facts: market/grok-imagine-image-2-0/image-edit of 2026-08-19.
    """

    prompt: Required[str]
    task_id: str | None
    mask_indexs: int | Sequence[int] | None  # from 1 items
    source_task: str | None  # = task_id


class GrokImagineImage20SegmentEditInput(TypedDict, total=False):
    """Grok Imagine Image 2.0 segment edit (image-edit, image-to-image).

    ``grok-imagine-image-2-0/segment-edit``.
    Facts: grok-imagine-image-2-0/segment-edit of 2026-10-07.
    """

    task_id: str | None
    prompt: Required[str]
    mask_indexs: int | Sequence[int] | None
    source_task: str | None  # = task_id


class GrokImagineImage20SegmentMapInput(TypedDict, total=False):
    """Grok Imagine Image 2.0 segment map (segmentation).

    ``grok-imagine-image-2-0/segment-map``.
    Facts: market/grok-imagine-image-2-0/segment-map of 2026-08-19.
    """

    task_id: str | None  # from 1 characters
    image_url: FileLike | None  # image file
    images: Files | None  # = image_url
    source_task: str | None  # = task_id


class GrokImagineImage20TextToImageInput(TypedDict, total=False):
    """Grok Imagine Image 2.0 text to image (text-to-image).

    ``grok-imagine-image-2-0/text-to-image``.
    Facts: market/grok-imagine-image-2-0/text-to-image of 2026-08-19.
    """

    prompt: Required[str]
    aspect_ratio: Required[Literal["1:1", "2:3", "3:2", "16:9", "9:16"]]


class GrokImagineVideo15PreviewInput(TypedDict, total=False):
    """Grok Imagine Video 1.5 Preview (image-to-video).

    ``grok-imagine-video-1-5-preview``.
    Facts: market/grok-imagine/1-5-preview of 2026-08-19.
    """

    prompt: str | None  # at most 4096 characters
    image_urls: Files | None  # 1 to 7 items, image file, at most 20 MB
    aspect_ratio: Literal["1:1", "16:9", "9:16", "3:2", "2:3", "auto"] | None  # default "auto"
    resolution: Literal["480p", "720p", "1080p", "768p"] | None  # default "480p"
    duration: int | str | None  # default 8, 1 to 15
    nsfw_checker: bool | None
    images: Files | None  # = image_urls
    first_frame: FileLike | None  # = image_urls[0]


class GrokImagineExtendInput(TypedDict, total=False):
    """Grok Imagine extend (video-extend).

    ``grok-imagine/extend``.
    Facts: market/grok-imagine/extend of 2026-08-19.
    """

    task_id: str | None  # at most 100 characters
    prompt: Required[str]
    extend_at: float | None  # default 2, from 2
    extend_times: Literal["6", "10", 6, 10] | None
    duration: Literal["6", "10", 6, 10] | None  # = extend_times
    source_task: str | None  # = task_id


class GrokImagineImageToImageInput(TypedDict, total=False):
    """Grok Imagine Image to image (image-to-image).

    ``grok-imagine/image-to-image``.
    Facts: market/grok-imagine/image-to-image of 2026-08-19.
    """

    prompt: str | None  # at most 390000 characters
    image_urls: Files | None  # at most 5 items, image file, at most 10 MB
    nsfw_checker: bool | None
    images: Files | None  # = image_urls


class GrokImagineImageToVideoInput(TypedDict, total=False):
    """Grok Imagine Image to video (image-to-video).

    ``grok-imagine/image-to-video``.
    Facts: market/grok-imagine/image-to-video of 2026-08-19.
    """

    image_urls: Files | None  # at most 7 items, image file, at most 10 MB
    task_id: str | None  # at most 100 characters
    index: int | None  # default 0, 0 to 5
    prompt: str | None  # at most 5000 characters
    mode: Literal["fun", "normal", "spicy"] | None  # default "normal"
    duration: (
        Literal[
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            "16",
            "17",
            "18",
            "19",
            "20",
            "21",
            "22",
            "23",
            "24",
            "25",
            "26",
            "27",
            "28",
            "29",
            "30",
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
            16,
            17,
            18,
            19,
            20,
            21,
            22,
            23,
            24,
            25,
            26,
            27,
            28,
            29,
            30,
        ]
        | None
    )
    resolution: Literal["480p", "720p", "1080p", "768p"] | None  # default "480p"
    aspect_ratio: Literal["2:3", "3:2", "1:1", "16:9", "9:16"] | None  # default "16:9"
    nsfw_checker: bool | None
    images: Files | None  # = image_urls
    first_frame: FileLike | None  # = image_urls[0]
    quality: Literal["fun", "normal", "spicy"] | None  # = mode
    style: Literal["fun", "normal", "spicy"] | None  # = mode
    source_task: str | None  # = task_id


class GrokImagineTextToImageInput(TypedDict, total=False):
    """Grok Imagine text to image (text-to-image).

    ``grok-imagine/text-to-image``.
    Facts: market/grok-imagine/text-to-image of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    aspect_ratio: Literal["2:3", "3:2", "1:1", "16:9", "9:16"] | None
    nsfw_checker: bool | None
    enable_pro: bool | None


class GrokImagineTextToVideoInput(TypedDict, total=False):
    """Grok Imagine text to video (text-to-video).

    ``grok-imagine/text-to-video``.
    Facts: market/grok-imagine/text-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    aspect_ratio: Literal["2:3", "3:2", "1:1", "16:9", "9:16"] | None  # default "2:3"
    mode: Literal["fun", "normal", "spicy"] | None  # default "normal"
    duration: (
        Literal[
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            "16",
            "17",
            "18",
            "19",
            "20",
            "21",
            "22",
            "23",
            "24",
            "25",
            "26",
            "27",
            "28",
            "29",
            "30",
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
            16,
            17,
            18,
            19,
            20,
            21,
            22,
            23,
            24,
            25,
            26,
            27,
            28,
            29,
            30,
        ]
        | None
    )
    resolution: Literal["480p", "720p", "1080p", "768p"] | None  # default "480p"
    quality: Literal["fun", "normal", "spicy"] | None  # = mode
    style: Literal["fun", "normal", "spicy"] | None  # = mode


class GrokImagineUpscaleInput(TypedDict, total=False):
    """Grok Imagine upscale (upscale).

    ``grok-imagine/upscale``.
    Facts: market/grok-imagine/upscale of 2026-08-19.
    """

    task_id: str | None  # at most 100 characters
    resolution: Literal["720p", "1080p", "768p"] | None  # default "720p"
    source_task: str | None  # = task_id


class Hailuo02ImageToVideoProInput(TypedDict, total=False):
    """Hailuo 02 image to video Pro (image-to-video).

    ``hailuo/02-image-to-video-pro``.
    Facts: market/hailuo/02-image-to-video-pro of 2026-08-19.
    """

    prompt: Required[str]  # at most 1500 characters
    image_url: FileLike | None  # image file, at most 10 MB
    end_image_url: FileLike | None  # image file, at most 10 MB
    prompt_optimizer: bool | None
    nsfw_checker: bool | None
    images: Files | None  # = image_url
    first_frame: FileLike | None  # = image_url
    last_frame: FileLike | None  # = end_image_url


class Hailuo02ImageToVideoStandardInput(TypedDict, total=False):
    """Hailuo 02 image to video Standard (image-to-video).

    ``hailuo/02-image-to-video-standard``.
    Facts: market/hailuo/02-image-to-video-standard of 2026-08-19.
    """

    prompt: Required[str]  # at most 1500 characters
    image_url: FileLike | None  # image file, at most 10 MB
    end_image_url: FileLike | None  # image file, at most 10 MB
    duration: Literal["6", "10", 6, 10] | None  # default "10"
    resolution: Literal["512P", "768P", "720p"] | None  # default "768P"
    prompt_optimizer: bool | None
    nsfw_checker: bool | None
    images: Files | None  # = image_url
    first_frame: FileLike | None  # = image_url
    last_frame: FileLike | None  # = end_image_url


class Hailuo02TextToVideoProInput(TypedDict, total=False):
    """Hailuo 02 text to video Pro (text-to-video).

    ``hailuo/02-text-to-video-pro``.
    Facts: market/hailuo/02-text-to-video-pro of 2026-08-19.
    """

    prompt: Required[str]  # at most 1500 characters
    prompt_optimizer: bool | None
    nsfw_checker: bool | None


class Hailuo02TextToVideoStandardInput(TypedDict, total=False):
    """Hailuo 02 text to video Standard (text-to-video).

    ``hailuo/02-text-to-video-standard``.
    Facts: market/hailuo/02-text-to-video-standard of 2026-08-19.
    """

    prompt: Required[str]  # at most 1500 characters
    duration: Literal["6", "10", 6, 10] | None  # default "6"
    prompt_optimizer: bool | None
    nsfw_checker: bool | None


class Hailuo23ImageToVideoProInput(TypedDict, total=False):
    """Hailuo 2.3 image to video Pro (image-to-video).

    ``hailuo/2-3-image-to-video-pro``.
    Facts: market/hailuo/2-3-image-to-video-pro of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    duration: Literal["6", "10", 6, 10] | None  # default "6"
    resolution: Literal["768P", "1080P", "720p"] | None  # default "768P"
    nsfw_checker: bool | None
    images: Files | None  # = image_url
    first_frame: FileLike | None  # = image_url


class Hailuo23ImageToVideoStandardInput(TypedDict, total=False):
    """Hailuo 2.3 image to video Standard (image-to-video).

    ``hailuo/2-3-image-to-video-standard``.
    Facts: market/hailuo/2-3-image-to-video-standard of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    duration: Literal["6", "10", 6, 10] | None  # default "6"
    resolution: Literal["768P", "1080P", "720p"] | None  # default "768P"
    images: Files | None  # = image_url
    first_frame: FileLike | None  # = image_url


class Happyhorse11ImageToVideoInput(TypedDict, total=False):
    """HappyHorse 1.1 image to video (image-to-video).

    ``happyhorse-1-1/image-to-video``.
    Facts: market/happyhorse-1-1/image-to-video of 2026-08-19.
    """

    prompt: str | None  # at most 5000 characters
    image_urls: Files | None  # at most 1 items, image file, at most 20 MB
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    duration: float | str | None  # default 5, 3 to 15, steps of 1
    images: Files | None  # = image_urls
    first_frame: FileLike | None  # = image_urls[0]


class Happyhorse11ReferenceToVideoInput(TypedDict, total=False):
    """HappyHorse 1.1 reference to video (reference-to-video).

    ``happyhorse-1-1/reference-to-video``.
    Facts: market/happyhorse-1-1/reference-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    reference_image: Files | None  # at most 9 items, image file, at most 20 MB
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    aspect_ratio: Literal["16:9", "9:16", "3:4", "4:3", "4:5", "5:4", "1:1", "9:21", "21:9"] | None  # default "16:9"
    duration: float | str | None  # default 5, 3 to 15, steps of 1
    images: Files | None  # = reference_image


class Happyhorse11TextToVideoInput(TypedDict, total=False):
    """HappyHorse 1.1 text to video (text-to-video).

    ``happyhorse-1-1/text-to-video``.
    Facts: market/happyhorse-1-1/text-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 4999 characters
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    aspect_ratio: Literal["16:9", "9:16", "1:1", "4:3", "3:4", "4:5", "5:4", "9:21", "21:9"] | None  # default "16:9"
    duration: float | str | None  # default 5, 3 to 15, steps of 1


class HappyhorseImageToVideoInput(TypedDict, total=False):
    """HappyHorse image to video (image-to-video).

    ``happyhorse/image-to-video``.
    Facts: market/happyhorse/image-to-video of 2026-08-19.
    """

    prompt: str | None  # at most 5000 characters
    image_urls: Files | None  # at most 1 items, image file, at most 10 MB
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    duration: int | str | None  # default 5, 3 to 15
    seed: int | None  # default 0, 0 to 2147483647
    images: Files | None  # = image_urls
    first_frame: FileLike | None  # = image_urls[0]


class HappyhorseReferenceToVideoInput(TypedDict, total=False):
    """HappyHorse reference to video (reference-to-video).

    ``happyhorse/reference-to-video``.
    Facts: market/happyhorse/reference-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    reference_image: Files | None  # 1 to 9 items, image file, at most 10 MB
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    aspect_ratio: Literal["16:9", "9:16", "1:1", "4:3", "3:4"] | None  # default "16:9"
    duration: int | str | None  # default 5, 3 to 15
    seed: int | None  # default 0, 0 to 2147483647
    images: Files | None  # = reference_image


class HappyhorseTextToVideoInput(TypedDict, total=False):
    """HappyHorse text to video (text-to-video).

    ``happyhorse/text-to-video``.
    Facts: market/happyhorse/text-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    aspect_ratio: Literal["16:9", "9:16", "1:1", "4:3", "3:4"] | None  # default "16:9"
    duration: int | str | None  # default 5, 3 to 15
    seed: int | None  # default 0, 0 to 2147483647


class HappyhorseVideoEditInput(TypedDict, total=False):
    """HappyHorse video edit (video-edit).

    ``happyhorse/video-edit``.
    Facts: market/happyhorse/video-edit of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    video_url: FileLike | None  # video file, at most 100 MB
    reference_image: Files | None  # at most 5 items, image file, at most 10 MB
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    audio_setting: Literal["auto", "origin"] | None  # default "auto"
    seed: int | None  # default 0, 0 to 2147483647
    images: Files | None  # = reference_image
    video: FileLike | None  # = video_url


class IdeogramCharacterInput(TypedDict, total=False):
    """Ideogram character (image-to-image).

    ``ideogram/character``.
    Facts: market/ideogram/character of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    reference_image_urls: Files | None  # at most 1 items, image file, at most 10 MB
    rendering_speed: Literal["TURBO", "BALANCED", "QUALITY"] | None  # default "BALANCED"
    style: Literal["AUTO", "REALISTIC", "FICTION"] | None  # default "AUTO"
    expand_prompt: bool | None
    num_images: Literal["1", "2", "3", "4", 1, 2, 3, 4] | None  # default "1"
    image_size: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_16_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
        ]
        | None
    )  # default "square_hd"
    seed: int | None
    negative_prompt: str | None  # at most 5000 characters
    images: Files | None  # = reference_image_urls
    aspect_ratio: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_16_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
        ]
        | None
    )  # = image_size
    count: Literal["1", "2", "3", "4", 1, 2, 3, 4] | None  # = num_images
    quality: Literal["TURBO", "BALANCED", "QUALITY"] | None  # = rendering_speed


class IdeogramCharacterEditInput(TypedDict, total=False):
    """Ideogram character edit (image-edit, image-to-image).

    ``ideogram/character-edit``.
    Facts: market/ideogram/character-edit of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    mask_url: FileLike | None  # image file, at most 10 MB
    reference_image_urls: Required[Files]  # at most 1 items, image file, at most 10 MB
    rendering_speed: Literal["TURBO", "BALANCED", "QUALITY"] | None  # default "BALANCED"
    style: Literal["AUTO", "REALISTIC", "FICTION"] | None  # default "AUTO"
    expand_prompt: bool | None
    num_images: Literal["1", "2", "3", "4", 1, 2, 3, 4] | None  # default "1"
    seed: int | None
    images: Files | None  # = image_url
    mask: FileLike | None  # = mask_url
    count: Literal["1", "2", "3", "4", 1, 2, 3, 4] | None  # = num_images
    quality: Literal["TURBO", "BALANCED", "QUALITY"] | None  # = rendering_speed


class IdeogramCharacterRemixInput(TypedDict, total=False):
    """Ideogram character remix (image-edit, image-to-image).

    ``ideogram/character-remix``.
    Facts: market/ideogram/character-remix of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    reference_image_urls: Required[Files]  # at most 1 items, image file, at most 10 MB
    rendering_speed: Literal["TURBO", "BALANCED", "QUALITY"] | None  # default "BALANCED"
    style: Literal["AUTO", "REALISTIC", "FICTION"] | None  # default "AUTO"
    expand_prompt: bool | None
    image_size: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_16_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
        ]
        | None
    )  # default "square_hd"
    num_images: Literal["1", "2", "3", "4", 1, 2, 3, 4] | None  # default "1"
    seed: int | None
    strength: float | None  # default 0.8, 0.1 to 1
    negative_prompt: str | None  # at most 500 characters
    image_urls: Files | None  # image file, at most 10 MB
    reference_mask_urls: FileLike | None  # image file, at most 10 MB
    images: Files | None  # = image_url
    aspect_ratio: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_16_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
        ]
        | None
    )  # = image_size
    count: Literal["1", "2", "3", "4", 1, 2, 3, 4] | None  # = num_images
    quality: Literal["TURBO", "BALANCED", "QUALITY"] | None  # = rendering_speed


class IdeogramV3EditInput(TypedDict, total=False):
    """Ideogram V3 edit (image-edit, image-to-image).

    ``ideogram/v3-edit``.
    Facts: market/ideogram/v3-edit of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    mask_url: FileLike | None  # image file, at most 10 MB
    rendering_speed: Literal["TURBO", "BALANCED", "QUALITY"] | None  # default "BALANCED"
    expand_prompt: bool | None  # default true
    seed: int | None
    images: Files | None  # = image_url
    mask: FileLike | None  # = mask_url
    quality: Literal["TURBO", "BALANCED", "QUALITY"] | None  # = rendering_speed


class IdeogramV3RemixInput(TypedDict, total=False):
    """Ideogram V3 remix (image-edit, image-to-image).

    ``ideogram/v3-remix``.
    Facts: market/ideogram/v3-remix of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    rendering_speed: Literal["TURBO", "BALANCED", "QUALITY"] | None
    style: Literal["AUTO", "GENERAL", "REALISTIC", "DESIGN"] | None
    expand_prompt: bool | None
    image_size: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_16_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
        ]
        | None
    )
    num_images: Literal["1", "2", "3", "4", 1, 2, 3, 4] | None
    seed: int | None
    strength: float | None  # 0.01 to 1
    negative_prompt: str | None  # at most 5000 characters
    images: Files | None  # = image_url
    aspect_ratio: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_16_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
        ]
        | None
    )  # = image_size
    count: Literal["1", "2", "3", "4", 1, 2, 3, 4] | None  # = num_images
    quality: Literal["TURBO", "BALANCED", "QUALITY"] | None  # = rendering_speed


class IdeogramV3TextToImageInput(TypedDict, total=False):
    """Ideogram V3 text to image (text-to-image).

    ``ideogram/v3-text-to-image``.
    Facts: market/ideogram/v3-text-to-image of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    rendering_speed: Literal["TURBO", "BALANCED", "QUALITY"] | None
    style: Literal["AUTO", "GENERAL", "REALISTIC", "DESIGN"] | None
    expand_prompt: bool | None
    image_size: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_16_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
        ]
        | None
    )
    seed: int | None
    negative_prompt: str | None  # at most 5000 characters
    aspect_ratio: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_16_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
        ]
        | None
    )  # = image_size
    quality: Literal["TURBO", "BALANCED", "QUALITY"] | None  # = rendering_speed


class InfinitalkFromAudioInput(TypedDict, total=False):
    """InfiniTalk from audio (lip-sync).

    ``infinitalk/from-audio``.
    Facts: market/infinitalk/from-audio of 2026-08-19.
    """

    image_url: FileLike | None  # image file, at most 10 MB
    audio_url: FileLike | None  # audio file, at most 10 MB
    prompt: Required[str]  # at most 5000 characters
    resolution: Literal["480p", "720p", "768p"] | None  # default "480p"
    seed: float | None  # 10000 to 1000000
    images: Files | None  # = image_url
    audio: FileLike | None  # = audio_url


class Kling26ImageToVideoInput(TypedDict, total=False):
    """Kling 2.6 image to video (image-to-video).

    ``kling-2.6/image-to-video``.
    Facts: market/kling/image-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 1000 characters
    image_urls: Files | None  # at most 1 items, image file, at most 10 MB
    sound: Required[bool]
    duration: Literal["5", "10", 5, 10] | None  # default "5"
    images: Files | None  # = image_urls
    first_frame: FileLike | None  # = image_urls[0]


class Kling26MotionControlInput(TypedDict, total=False):
    """Kling 2.6 motion control (motion-transfer).

    ``kling-2.6/motion-control``.
    Facts: market/kling/motion-control of 2026-08-19.
    """

    prompt: str | None  # at most 2500 characters
    input_urls: Files | None  # at most 1 items, image file, at most 10 MB
    video_urls: Files | None  # at most 1 items, video file, at most 100 MB
    character_orientation: Literal["image", "video"] | None  # default "video"
    mode: Literal["720p", "1080p", "768p"] | None  # default "720p"
    images: Files | None  # = input_urls
    video: FileLike | None  # = video_urls[0]
    videos: Files | None  # = video_urls
    resolution: Literal["720p", "1080p", "768p"] | None  # = mode


class Kling26TextToVideoInput(TypedDict, total=False):
    """Kling 2.6 text to video (text-to-video).

    ``kling-2.6/text-to-video``.
    Facts: market/kling/text-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 1000 characters
    sound: Required[bool]
    aspect_ratio: Literal["1:1", "16:9", "9:16"] | None  # default "1:1"
    duration: Literal["5", "10", 5, 10] | None  # default "5"


class Kling30OmniImageToVideoElements(TypedDict, total=False):
    """A part of the input of ``kling-3.0-omni/image-to-video``."""

    name: Required[str]
    description: Required[str]
    element_input_urls: Required[Files]  # 1 to 4 items, any file
    element_input_audio_urls: Files  # audio file
    start_time: int  # default 0, from 0
    end_time: int  # default 8000, from 3000


class Kling30OmniImageToVideoMultiPrompt(TypedDict, total=False):
    """A part of the input of ``kling-3.0-omni/image-to-video``."""

    duration: Required[int]  # 1 to 15
    prompt: Required[str]  # 1 to 512 characters


class Kling30OmniImageToVideoInput(TypedDict, total=False):
    """Kling 3.0 Omni image to video (image-to-video).

    ``kling-3.0-omni/image-to-video``.
    Facts: market/kling/v3-omni-image-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 3072 characters
    image_urls: Files | None  # 1 to 2 items, image file, at most 50 MB
    duration: (
        Literal[
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
        ]
        | None
    )  # default 5
    resolution: Literal["720p", "1080p", "4k", "768p", "2160p"] | None  # default "720p"
    aspect_ratio: Literal["16:9", "9:16", "1:1", "auto"] | None  # default "auto"
    audio: bool | None
    customize_multi_shots: bool | None
    prefer_multi_shots: bool | None
    multi_prompt: (
        Kling30OmniImageToVideoMultiPrompt | Sequence[Kling30OmniImageToVideoMultiPrompt] | None
    )  # 1 to 6 items
    elements: Kling30OmniImageToVideoElements | Sequence[Kling30OmniImageToVideoElements] | None  # at most 3 items
    images: Files | None  # = image_urls
    first_frame: FileLike | None  # = image_urls[0]
    last_frame: FileLike | None  # = image_urls[1]
    sound: bool | None  # = audio


class Kling30OmniReferenceToVideoElements(TypedDict, total=False):
    """A part of the input of ``kling-3.0-omni/reference-to-video``."""

    name: Required[str]
    description: Required[str]
    element_input_urls: Required[Files]  # 1 to 4 items, any file
    element_input_audio_urls: Files  # audio file
    start_time: int  # default 0
    end_time: int  # default 8000


class Kling30OmniReferenceToVideoMultiPrompt(TypedDict, total=False):
    """A part of the input of ``kling-3.0-omni/reference-to-video``."""

    prompt: Required[str]  # 1 to 512 characters
    duration: Required[int]  # 1 to 15


class Kling30OmniReferenceToVideoInput(TypedDict, total=False):
    """Kling 3.0 Omni reference to video (reference-to-video).

    ``kling-3.0-omni/reference-to-video``.
    Facts: market/kling/v3-omni-reference-to-video of 2026-08-19.
    """

    prompt: Required[str]  # 1 to 3072 characters
    image_urls: Files | None  # at most 7 items, image file, at most 50 MB
    duration: (
        Literal[
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
        ]
        | None
    )  # default 5
    resolution: Literal["720p", "1080p", "4k", "768p", "2160p"] | None  # default "720p"
    aspect_ratio: Literal["16:9", "9:16", "1:1", "auto"] | None
    audio: bool | None
    customize_multi_shots: bool | None
    prefer_multi_shots: bool | None
    multi_prompt: (
        Kling30OmniReferenceToVideoMultiPrompt | Sequence[Kling30OmniReferenceToVideoMultiPrompt] | None
    )  # 1 to 6 items
    elements: Kling30OmniReferenceToVideoElements | Sequence[Kling30OmniReferenceToVideoElements] | None
    video_urls: Files | None  # 1 to 1 items, video file, at most 200 MB
    images: Files | None  # = image_urls
    video: FileLike | None  # = video_urls[0]
    videos: Files | None  # = video_urls
    sound: bool | None  # = audio


class Kling30OmniTextToVideoElements(TypedDict, total=False):
    """A part of the input of ``kling-3.0-omni/text-to-video``."""

    name: Required[str]  # from 1 characters
    description: Required[str]  # from 1 characters
    element_input_urls: Required[Files]  # 1 to 4 items, any file
    element_input_audio_urls: Files  # audio file


class Kling30OmniTextToVideoMultiPrompt(TypedDict, total=False):
    """A part of the input of ``kling-3.0-omni/text-to-video``."""

    prompt: Required[str]  # 1 to 512 characters
    duration: Required[int]  # 1 to 15


class Kling30OmniTextToVideoInput(TypedDict, total=False):
    """Kling 3.0 Omni text to video (text-to-video).

    ``kling-3.0-omni/text-to-video``.
    Facts: market/kling/v3-omni-text-to-video of 2026-08-19.
    """

    prompt: Required[str]  # 1 to 3072 characters
    customize_multi_shots: bool | None  # default false
    prefer_multi_shots: bool | None
    multi_prompt: (
        Kling30OmniTextToVideoMultiPrompt | Sequence[Kling30OmniTextToVideoMultiPrompt] | None
    )  # at most 6 items
    elements: Kling30OmniTextToVideoElements | Sequence[Kling30OmniTextToVideoElements] | None  # at most 7 items
    audio: bool | None  # default false
    resolution: Literal["720p", "1080p", "4k", "768p", "2160p"] | None  # default "720p"
    aspect_ratio: Literal["16:9", "9:16", "1:1"] | None  # default "16:9"
    duration: (
        Literal[
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
        ]
        | None
    )  # default 5
    sound: bool | None  # = audio


class Kling30OmniTransformationElements(TypedDict, total=False):
    """A part of the input of ``kling-3.0-omni/transformation``."""

    name: Required[str]  # from 1 characters
    description: Required[str]  # from 1 characters
    element_input_urls: Required[Files]  # 1 to 4 items, any file
    element_input_audio_urls: Files  # audio file


class Kling30OmniTransformationInput(TypedDict, total=False):
    """Kling 3.0 Omni transformation (video-to-video).

    ``kling-3.0-omni/transformation``.
    Facts: market/kling/v3-omni-transformation of 2026-08-19.
    """

    prompt: Required[str]  # 1 to 3072 characters
    video_urls: Files | None  # 1 to 1 items, video file, at most 200 MB
    image_urls: Files | None  # at most 4 items, image file, at most 50 MB
    duration: (
        Literal[
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
        ]
        | None
    )
    resolution: Literal["720p", "1080p", "4k", "768p", "2160p"] | None  # default "720p"
    aspect_ratio: Literal["16:9", "9:16", "1:1", "auto"] | None
    audio: bool | None
    elements: Kling30OmniTransformationElements | Sequence[Kling30OmniTransformationElements] | None  # at most 7 items
    images: Files | None  # = image_urls
    video: FileLike | None  # = video_urls[0]
    videos: Files | None  # = video_urls
    sound: bool | None  # = audio


class Kling30MotionControlInput(TypedDict, total=False):
    """Kling 3.0 motion control (motion-transfer).

    ``kling-3.0/motion-control``.
    Facts: market/kling/motion-control-v3 of 2026-08-19.
    """

    prompt: str | None  # at most 2500 characters
    input_urls: Files | None  # at most 1 items, image file
    video_urls: Files | None  # at most 1 items, video file
    mode: Literal["720p", "1080p", "std", "pro", "768p"] | None  # default "720p"
    character_orientation: Literal["video", "image"] | None  # default "video"
    background_source: Literal["input_video", "input_image"] | None  # default "input_video"
    images: Files | None  # = input_urls
    video: FileLike | None  # = video_urls[0]
    videos: Files | None  # = video_urls
    resolution: Literal["720p", "1080p", "std", "pro", "768p"] | None  # = mode


class Kling30VideoKlingElements(TypedDict, total=False):
    """A part of the input of ``kling-3.0/video``."""

    name: Required[str]
    description: Required[str]
    element_input_urls: Required[Files]  # at most 4 items, any file
    element_input_audio_urls: Files  # audio file
    start_time: int
    end_time: int


class Kling30VideoMultiPrompt(TypedDict, total=False):
    """A part of the input of ``kling-3.0/video``."""

    prompt: Required[str]  # at most 500 characters
    duration: Required[int]  # 1 to 12


class Kling30VideoInput(TypedDict, total=False):
    """Kling 3.0 (text-to-video, image-to-video).

    ``kling-3.0/video``.
    Facts: market/kling/kling-3-0 of 2026-08-19.
    """

    prompt: str | None
    image_urls: Files | None  # at most 2 items, image file
    sound: bool | None  # default false
    duration: (
        Literal[
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
        ]
        | None
    )  # default "5"
    aspect_ratio: Literal["16:9", "9:16", "1:1"] | None  # default "16:9"
    mode: Literal["std", "pro", "4K", "720p", "1080p"] | None  # default "pro"
    multi_shots: bool | None  # default false
    multi_prompt: Kling30VideoMultiPrompt | Sequence[Kling30VideoMultiPrompt] | None  # at most 5 items
    kling_elements: Kling30VideoKlingElements | Sequence[Kling30VideoKlingElements] | None  # at most 3 items
    images: Files | None  # = image_urls
    first_frame: FileLike | None  # = image_urls[0]
    last_frame: FileLike | None  # = image_urls[1]
    resolution: Literal["std", "pro", "4K", "720p", "1080p"] | None  # = mode


class KlingAiAvatarProInput(TypedDict, total=False):
    """Kling AI avatar Pro (avatar).

    ``kling/ai-avatar-pro``.
    Facts: market/kling/ai-avatar-pro of 2026-08-19.
    """

    image_url: FileLike | None  # image file, at most 10 MB
    audio_url: FileLike | None  # audio file, at most 100 MB
    prompt: Required[str]  # at most 5000 characters
    images: Files | None  # = image_url
    audio: FileLike | None  # = audio_url


class KlingAiAvatarStandardInput(TypedDict, total=False):
    """Kling AI avatar Standard (avatar).

    ``kling/ai-avatar-standard``.
    Facts: market/kling/ai-avatar-standard of 2026-08-19.
    """

    image_url: FileLike | None  # image file, at most 10 MB
    audio_url: FileLike | None  # audio file, at most 100 MB
    prompt: Required[str]  # at most 5000 characters
    images: Files | None  # = image_url
    audio: FileLike | None  # = audio_url


class KlingV21MasterImageToVideoInput(TypedDict, total=False):
    """Kling 2.1 Master image to video (image-to-video).

    ``kling/v2-1-master-image-to-video``.
    Facts: market/kling/v2-1-master-image-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    duration: Literal["5", "10", 5, 10] | None  # default "5"
    negative_prompt: str | None  # at most 500 characters
    cfg_scale: float | None  # default 0.5, 0 to 1
    images: Files | None  # = image_url
    first_frame: FileLike | None  # = image_url
    guidance: float | None  # = cfg_scale


class KlingV21MasterTextToVideoInput(TypedDict, total=False):
    """Kling 2.1 Master text to video (text-to-video).

    ``kling/v2-1-master-text-to-video``.
    Facts: market/kling/v2-1-master-text-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    duration: Literal["5", "10", 5, 10] | None  # default "5"
    aspect_ratio: Literal["16:9", "9:16", "1:1"] | None  # default "16:9"
    negative_prompt: str | None  # at most 500 characters
    cfg_scale: float | None  # default 0.5, 0 to 1
    guidance: float | None  # = cfg_scale


class KlingV21ProInput(TypedDict, total=False):
    """Kling 2.1 Pro (image-to-video).

    ``kling/v2-1-pro``.
    Facts: market/kling/v2-1-pro of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    duration: Literal["5", "10", 5, 10] | None  # default "5"
    negative_prompt: str | None  # at most 500 characters
    cfg_scale: float | None  # default 0.5, 0 to 1
    tail_image_url: FileLike | None  # image file, at most 10 MB
    images: Files | None  # = image_url
    first_frame: FileLike | None  # = image_url
    last_frame: FileLike | None  # = tail_image_url
    guidance: float | None  # = cfg_scale


class KlingV21StandardInput(TypedDict, total=False):
    """Kling 2.1 Standard (image-to-video).

    ``kling/v2-1-standard``.
    Facts: market/kling/v2-1-standard of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    duration: Literal["5", "10", 5, 10] | None  # default "5"
    negative_prompt: str | None  # at most 500 characters
    cfg_scale: float | None  # default 0.5, 0 to 1
    images: Files | None  # = image_url
    first_frame: FileLike | None  # = image_url
    guidance: float | None  # = cfg_scale


class KlingV25TurboImageToVideoProInput(TypedDict, total=False):
    """Kling 2.5 Turbo image to video Pro (image-to-video).

    ``kling/v2-5-turbo-image-to-video-pro``.
    Facts: market/kling/v25-turbo-image-to-video-pro of 2026-08-19.
    """

    prompt: Required[str]  # at most 2500 characters
    image_url: FileLike | None  # image file, at most 10 MB
    tail_image_url: FileLike | None  # image file, at most 10 MB
    duration: Literal["5", "10", 5, 10] | None  # default "5"
    negative_prompt: str | None  # at most 500 characters
    cfg_scale: float | None  # default 0.5, 0 to 1
    images: Files | None  # = image_url
    first_frame: FileLike | None  # = image_url
    last_frame: FileLike | None  # = tail_image_url
    guidance: float | None  # = cfg_scale


class KlingV25TurboTextToVideoProInput(TypedDict, total=False):
    """Kling 2.5 Turbo text to video Pro (text-to-video).

    ``kling/v2-5-turbo-text-to-video-pro``.
    Facts: market/kling/v25-turbo-text-to-video-pro of 2026-08-19.
    """

    prompt: Required[str]  # at most 2500 characters
    duration: Literal["5", "10", 5, 10] | None  # default "5"
    aspect_ratio: Literal["16:9", "9:16", "1:1"] | None  # default "16:9"
    negative_prompt: str | None  # at most 2500 characters
    cfg_scale: float | None  # default 0.5, 0 to 1
    guidance: float | None  # = cfg_scale


class KlingV3TurboImageToVideoInput(TypedDict, total=False):
    """Kling 3.0 Turbo image to video (image-to-video).

    ``kling/v3-turbo-image-to-video``.
    Facts: market/kling/v3-turbo-image-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 2500 characters
    image_urls: Files | None  # image file, at most 10 MB
    duration: (
        Literal[
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
        ]
        | None
    )  # default "5"
    resolution: Literal["720p", "1080p", "768p"] | None  # default "720p"
    images: Files | None  # = image_urls
    first_frame: FileLike | None  # = image_urls[0]


class KlingV3TurboTextToVideoInput(TypedDict, total=False):
    """Kling 3.0 Turbo text to video (text-to-video).

    ``kling/v3-turbo-text-to-video``.
    Facts: market/kling/v3-turbo-text-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 2500 characters
    duration: (
        Literal[
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
        ]
        | None
    )  # default "5"
    aspect_ratio: Literal["1:1", "9:16", "16:9"] | None  # default "16:9"
    resolution: Literal["720p", "1080p", "768p"] | None  # default "720p"


class MinimaxH3ImageToVideoInput(TypedDict, total=False):
    """MiniMax H3 image to video (image-to-video).

    ``minimax-h3/image-to-video``.
    Facts: market/minimax-h3/image-to-video of 2026-08-19.
    """

    prompt: Required[str]  # 1 to 7000 characters
    first_frame_url: FileLike | None  # image file, at most 30 MB
    last_frame_url: FileLike | None  # image file
    duration: (
        Literal[
            "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        ]
        | None
    )  # default 6
    resolution: Literal["768P", "2K", "720p"] | None  # default "2K"
    images: Files | None  # = first_frame_url
    first_frame: FileLike | None  # = first_frame_url
    last_frame: FileLike | None  # = last_frame_url


class MinimaxH3ReferenceToVideoInput(TypedDict, total=False):
    """MiniMax H3 reference to video (reference-to-video).

    ``minimax-h3/reference-to-video``.
    Facts: market/minimax-h3/reference-to-video of 2026-08-19.
    """

    prompt: Required[str]  # 1 to 7000 characters
    reference_image_urls: Files | None  # at most 9 items, image file, at most 30 MB
    reference_video_urls: Files | None  # at most 3 items, video file, at most 50 MB
    reference_audio_urls: Files | None  # at most 3 items, audio file, at most 15 MB
    aspect_ratio: Literal["adaptive", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16", "auto"] | None  # default "adaptive"
    duration: (
        Literal[
            "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        ]
        | None
    )  # default 6
    resolution: Literal["768P", "2K", "720p"] | None  # default "2K"
    images: Files | None  # = reference_image_urls
    video: FileLike | None  # = reference_video_urls[0]
    videos: Files | None  # = reference_video_urls
    audio: FileLike | None  # = reference_audio_urls[0]
    audios: Files | None  # = reference_audio_urls


class MinimaxH3TextToVideoInput(TypedDict, total=False):
    """MiniMax H3 text to video (text-to-video).

    ``minimax-h3/text-to-video``.
    Facts: market/minimax-h3/text-to-video of 2026-08-19.
    """

    prompt: Required[str]  # 1 to 7000 characters
    aspect_ratio: Required[Literal["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"]]
    duration: (
        Literal[
            "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        ]
        | None
    )  # default 6
    resolution: Literal["768P", "2K", "720p"] | None  # default "2K"


class NanoBanana2Input(TypedDict, total=False):
    """Nano Banana 2 (text-to-image, image-to-image).

    ``nano-banana-2``.
    Facts: market/google/nanobanana2 of 2026-08-19.
    """

    prompt: Required[str]  # at most 20000 characters
    image_input: Files | None  # at most 14 items, image file, at most 30 MB
    aspect_ratio: (
        Literal[
            "1:1", "2:3", "3:2", "1:4", "4:1", "3:4", "4:3", "4:5", "5:4", "1:8", "8:1", "9:16", "16:9", "21:9", "auto"
        ]
        | None
    )  # default "auto"
    resolution: Literal["1K", "2K", "4K"] | None  # default "1K"
    output_format: Literal["png", "jpg"] | None  # default "jpg"
    images: Files | None  # = image_input
    format: Literal["png", "jpg"] | None  # = output_format


class NanoBanana21Input(TypedDict, total=False):
    """Nano Banana 2.1 (text-to-image, image-to-image).

    ``nano-banana-2-1``.
    Facts: nano-banana-2-1 of 2026-10-07.
    """

    prompt: Required[str]
    image_input: Files | None  # at most 10 items, image file
    resolution: Literal["1K", "2K", "4K"] | None
    aspect_ratio: str | None
    images: Files | None  # = image_input


class NanoBanana2LiteInput(TypedDict, total=False):
    """Nano Banana 2 Lite (text-to-image, image-to-image).

    ``nano-banana-2-lite``.
    Facts: market/google/nano-banana-2-lite of 2026-08-19.
    """

    image_urls: Files | None  # at most 10 items, image file, at most 30 MB
    prompt: Required[str]  # at most 20000 characters
    aspect_ratio: (
        Literal[
            "1:1", "1:4", "1:8", "2:3", "3:2", "3:4", "4:1", "4:3", "4:5", "5:4", "8:1", "9:16", "16:9", "21:9", "auto"
        ]
        | None
    )  # default "auto"
    images: Files | None  # = image_urls


class NanoBananaProInput(TypedDict, total=False):
    """Nano Banana Pro (text-to-image, image-to-image).

    ``nano-banana-pro``.
    Facts: market/google/pro-image-to-image of 2026-08-19.
    """

    prompt: Required[str]  # at most 10000 characters
    image_input: Files | None  # at most 8 items, image file, at most 30 MB
    aspect_ratio: (
        Literal["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9", "auto"] | None
    )  # default "1:1"
    resolution: Literal["1K", "2K", "4K"] | None  # default "1K"
    output_format: Literal["png", "jpg"] | None  # default "png"
    images: Files | None  # = image_input
    format: Literal["png", "jpg"] | None  # = output_format


class OmniAudioCreateInput(TypedDict, total=False):
    """Gemini Omni voice (voice-create).

    ``omni/audio/create``.
    Facts: market/gemini-omni-audio of 2026-08-19.
    """

    audio_id: (
        Literal[
            "achernar",
            "achird",
            "algenib",
            "algieba",
            "alnilam",
            "aoede",
            "autonoe",
            "callirrhoe",
            "charon",
            "despina",
            "enceladus",
            "erinome",
            "fenrir",
            "gacrux",
            "iapetus",
            "kore",
            "laomedeia",
            "leda",
            "orus",
            "puck",
            "pulcherrima",
            "rasalgethi",
            "sadachbia",
            "sadaltager",
            "schedar",
            "sulafat",
            "umbriel",
            "vindemiatrix",
            "zephyr",
            "zubenelgenubi",
        ]
        | None
    )
    name: str | None  # at most 210 characters
    voice_description: str | None  # at most 20000 characters
    example_dialogue: str | None  # at most 120 characters
    prompt: str | None  # = voice_description
    voice: (
        Literal[
            "achernar",
            "achird",
            "algenib",
            "algieba",
            "alnilam",
            "aoede",
            "autonoe",
            "callirrhoe",
            "charon",
            "despina",
            "enceladus",
            "erinome",
            "fenrir",
            "gacrux",
            "iapetus",
            "kore",
            "laomedeia",
            "leda",
            "orus",
            "puck",
            "pulcherrima",
            "rasalgethi",
            "sadachbia",
            "sadaltager",
            "schedar",
            "sulafat",
            "umbriel",
            "vindemiatrix",
            "zephyr",
            "zubenelgenubi",
        ]
        | None
    )  # = audio_id
    title: str | None  # = name


class OmniCharacterCreateInput(TypedDict, total=False):
    """Gemini Omni character (character-create).

    ``omni/character/create``.
    Facts: market/gemini-omni-character of 2026-08-19.
    """

    descriptions: str | None
    image_urls: Files | None  # at most 1 items, image file, at most 20 MB
    audio_ids: Sequence[str] | None
    character_name: str | None
    prompt: str | None  # = descriptions
    images: Files | None  # = image_urls
    title: str | None  # = character_name


class Omnihuman15Input(TypedDict, total=False):
    """OmniHuman 1.5 (avatar).

    ``omnihuman-1-5``.
    Facts: market/omnihuman-1-5 of 2026-08-19.
    """

    image_url: FileLike | None  # image file, at most 10 MB
    mask_url: Files | None  # at most 5 items, image file, at most 10 MB
    audio_url: FileLike | None  # audio file, at most 10 MB
    prompt: str | None  # at most 1000 characters
    output_resolution: Literal["720", "1080", "720p", "1080p", 720, 1080] | None  # default "1080"
    pe_fast_mode: bool | None  # default false
    seed: int | None  # default -1
    images: Files | None  # = image_url
    audio: FileLike | None  # = audio_url
    resolution: Literal["720", "1080", "720p", "1080p", 720, 1080] | None  # = output_resolution


class Omnihuman15HumanIdentificationInput(TypedDict, total=False):
    """OmniHuman 1.5 human identification (image-analysis).

    ``omnihuman-1-5/human-identification``.
    Facts: market/omnihuman-1-5/human-identification of 2026-08-19.
    """

    image_url: FileLike | None  # image file, at most 5 MB
    images: Files | None  # = image_url


class Omnihuman15SubjectDetectionInput(TypedDict, total=False):
    """OmniHuman 1.5 subject detection (segmentation).

    ``omnihuman-1-5/subject-detection``.
    Facts: market/omnihuman-1-5/subject-detection of 2026-08-19.
    """

    image_url: FileLike | None  # image file, at most 5 MB
    images: Files | None  # = image_url


class PixverseV6ExtendInput(TypedDict, total=False):
    """PixVerse V6 extend (video-extend).

    ``pixverse-v6/extend``.
    Facts: market/pixverse/extend of 2026-08-19.
    """

    prompt: Required[str]  # 3 to 5000 characters
    duration: Required[int | str]  # 1 to 15
    quality: Literal["360p", "540p", "720p", "1080p", "768p"] | None
    generate_audio_switch: bool | None
    seed: int | None  # 0 to 2147483647
    taskId: str | None
    video_url: FileLike | None  # video file
    video: FileLike | None  # = video_url
    resolution: Literal["360p", "540p", "720p", "1080p", "768p"] | None  # = quality
    sound: bool | None  # = generate_audio_switch
    source_task: str | None  # = taskId


class PixverseV6ImageToVideoInput(TypedDict, total=False):
    """PixVerse V6 image to video (image-to-video).

    ``pixverse-v6/image-to-video``.
    Facts: market/pixverse/image-to-video of 2026-08-19.
    """

    prompt: Required[str]  # 3 to 5000 characters
    image_urls: Files | None  # at most 2 items, image file, at most 20 MB
    quality: Literal["360p", "540p", "720p", "1080p", "768p"] | None  # default "720p"
    duration: int | str | None  # default 5, 1 to 15
    generate_audio_switch: bool | None  # default false
    generate_multi_clip_switch: bool | None  # default false
    seed: int | None  # 0 to 2147483647
    template_id: (
        Literal[
            "412736208886848",
            "411563216524736",
            "411316927927040",
            "411174903569216",
            "410999246341952",
            "408891141511104",
            "410317363057408",
            "410285445698304",
            "410133101388544",
            "409899296377728",
            "408897485909952",
            "408869061406656",
            "408661207662528",
            "409767750265728",
            "409766559675264",
            "409589071559552",
            "407804339389760",
            "407658863287616",
            "407474361215744",
            "407473438360320",
            "407467702283008",
            "385844572217469",
            "406428904874432",
            "406423682060736",
            "406411724685760",
            "406372274350528",
            "406218913317312",
            "406218479198656",
            "406064763308480",
            "406413607395776",
            "405662117814720",
            "406014934000064",
            "405658369331648",
            "405321470423488",
            "405175211454656",
            "404955806201792",
            "404820147974080",
            "398980393937856",
            "403916646846400",
            "403739217192896",
            "403560060358144",
            "403556618212098",
            "398965022284579",
            "402201060373270",
            "403085292466285",
            "402061828030966",
            "402888569901524",
            "402155676592228",
            "402047865383360",
            "402046136040202",
        ]
        | None
    )
    images: Files | None  # = image_urls
    first_frame: FileLike | None  # = image_urls[0]
    resolution: Literal["360p", "540p", "720p", "1080p", "768p"] | None  # = quality
    sound: bool | None  # = generate_audio_switch


class PixverseV6ReferenceToVideoImageReferences(TypedDict, total=False):
    """A part of the input of ``pixverse-v6/reference-to-video``."""

    image_url: Required[FileLike]  # image file
    type: Literal["subject", "background"]  # default "subject"
    ref_name: str  # 1 to 30 characters


class PixverseV6ReferenceToVideoInput(TypedDict, total=False):
    """PixVerse V6 reference to video (reference-to-video).

    ``pixverse-v6/reference-to-video``.
    Facts: market/pixverse/reference-to-video of 2026-08-19.
    """

    prompt: Required[str]  # 3 to 5000 characters
    image_references: Required[
        PixverseV6ReferenceToVideoImageReferences | Sequence[PixverseV6ReferenceToVideoImageReferences]
    ]  # 1 to 7 items
    aspect_ratio: Literal["16:9", "4:3", "1:1", "3:4", "9:16", "2:3", "3:2", "21:9"] | None  # default "16:9"
    quality: Literal["360p", "540p", "720p", "1080p", "768p"] | None  # default "720p"
    duration: int | str | None  # default 5, 1 to 15
    generate_audio_switch: bool | None  # default false
    seed: int | None  # 0 to 2147483647
    resolution: Literal["360p", "540p", "720p", "1080p", "768p"] | None  # = quality
    sound: bool | None  # = generate_audio_switch


class PixverseV6TextToVideoInput(TypedDict, total=False):
    """PixVerse V6 text to video (text-to-video).

    ``pixverse-v6/text-to-video``.
    Facts: market/pixverse/text-to-video of 2026-08-19.
    """

    prompt: Required[str]  # 3 to 5000 characters
    aspect_ratio: Literal["16:9", "4:3", "1:1", "3:4", "9:16", "2:3", "3:2", "21:9"] | None  # default "16:9"
    quality: Literal["360p", "540p", "720p", "1080p", "768p"] | None  # default "720p"
    duration: int | str | None  # default 5, 1 to 15
    generate_audio_switch: bool | None  # default false
    generate_multi_clip_switch: bool | None  # default false
    seed: int | None  # 0 to 2147483647
    resolution: Literal["360p", "540p", "720p", "1080p", "768p"] | None  # = quality
    sound: bool | None  # = generate_audio_switch


class PixverseV6TransitionInput(TypedDict, total=False):
    """PixVerse V6 transition (transition).

    ``pixverse-v6/transition``.
    Facts: market/pixverse/transition of 2026-08-19.
    """

    prompt: Required[str]  # 3 to 5000 characters
    first_frame_image_url: FileLike | None  # image file, at most 20 MB
    last_frame_image_url: FileLike | None  # image file, at most 20 MB
    quality: Literal["360p", "540p", "720p", "1080p", "768p"] | None  # default "720p"
    duration: int | str | None  # default 5, 1 to 15
    generate_audio_switch: bool | None  # default false
    seed: int | None  # 0 to 2147483647
    images: Files | None  # = first_frame_image_url
    first_frame: FileLike | None  # = first_frame_image_url
    last_frame: FileLike | None  # = last_frame_image_url
    resolution: Literal["360p", "540p", "720p", "1080p", "768p"] | None  # = quality
    sound: bool | None  # = generate_audio_switch


class QwenImageEditInput(TypedDict, total=False):
    """Qwen image edit (image-edit, image-to-image).

    ``qwen/image-edit``.
    Facts: market/qwen/image-edit of 2026-08-19.
    """

    prompt: Required[str]  # at most 2000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    acceleration: Literal["none", "regular", "high"] | None  # default "none"
    image_size: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_16_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
        ]
        | None
    )  # default "landscape_4_3"
    num_inference_steps: float | None  # default 25, 2 to 49
    seed: int | None
    guidance_scale: float | None  # default 4, 0 to 20
    sync_mode: bool | None
    num_images: Literal["1", "2", "3", "4", 1, 2, 3, 4] | None
    enable_safety_checker: bool | None
    output_format: Literal["jpeg", "png"] | None  # default "png"
    negative_prompt: str | None  # at most 500 characters
    nsfw_checker: bool | None
    images: Files | None  # = image_url
    aspect_ratio: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_16_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
        ]
        | None
    )  # = image_size
    count: Literal["1", "2", "3", "4", 1, 2, 3, 4] | None  # = num_images
    format: Literal["jpeg", "png"] | None  # = output_format
    guidance: float | None  # = guidance_scale
    steps: float | None  # = num_inference_steps


class QwenImageToImageInput(TypedDict, total=False):
    """Qwen image to image (image-to-image).

    ``qwen/image-to-image``.
    Facts: market/qwen/image-to-image of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    strength: float | None  # default 0.8, 0 to 1
    output_format: Literal["png", "jpeg"] | None  # default "png"
    acceleration: Literal["none", "regular", "high"] | None  # default "none"
    negative_prompt: str | None  # at most 500 characters
    seed: int | None
    num_inference_steps: float | None  # default 30, 2 to 250
    guidance_scale: float | None  # default 2.5, 0 to 20
    enable_safety_checker: bool | None
    nsfw_checker: bool | None
    images: Files | None  # = image_url
    format: Literal["png", "jpeg"] | None  # = output_format
    guidance: float | None  # = guidance_scale
    steps: float | None  # = num_inference_steps


class QwenTextToImageInput(TypedDict, total=False):
    """Qwen text to image (text-to-image).

    ``qwen/text-to-image``.
    Facts: market/qwen/text-to-image of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_size: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_16_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
        ]
        | None
    )  # default "square_hd"
    num_inference_steps: float | None  # default 30, 2 to 250
    seed: int | None
    guidance_scale: float | None  # default 2.5, 0 to 20
    enable_safety_checker: bool | None
    output_format: Literal["png", "jpeg"] | None  # default "png"
    negative_prompt: str | None  # at most 500 characters
    acceleration: Literal["none", "regular", "high"] | None  # default "none"
    nsfw_checker: bool | None
    aspect_ratio: (
        Literal[
            "square",
            "square_hd",
            "portrait_4_3",
            "portrait_16_9",
            "landscape_4_3",
            "landscape_16_9",
            "1:1",
            "16:9",
            "9:16",
            "4:3",
            "3:4",
        ]
        | None
    )  # = image_size
    format: Literal["png", "jpeg"] | None  # = output_format
    guidance: float | None  # = guidance_scale
    steps: float | None  # = num_inference_steps


class Qwen21ImageToImageInput(TypedDict, total=False):
    """Qwen 2.1 image to image (image-to-image).

    ``qwen2-1/image-to-image``.
    Facts: qwen2-1/image-to-image of 2026-10-07.
    """

    prompt: Required[str]  # 1 to 5000 characters
    aspect_ratio: Literal["auto", "1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "21:9", "9:21"] | str | None
    resolution: Literal["1K", "2K"] | None
    background: Literal["opaque", "transparent"] | str | None
    output_format: Literal["png", "webp", "jpeg"] | str | None
    enhance_prompt: bool | None  # default true
    seed: int | None
    image_urls: Files | None  # 1 to 10 items, image file, at most 30 MB
    mask_url: FileLike | None  # image file
    images: Files | None  # = image_urls
    mask: FileLike | None  # = mask_url
    format: Literal["png", "webp", "jpeg"] | str | None  # = output_format


class Qwen21TextToImageInput(TypedDict, total=False):
    """Qwen 2.1 text to image (text-to-image).

    ``qwen2-1/text-to-image``.
    Facts: qwen2-1/text-to-image of 2026-10-07.
    """

    prompt: Required[str]  # 1 to 5000 characters
    aspect_ratio: (
        Literal["1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "21:9", "9:21"] | str | None
    )  # default "1:1"
    resolution: Literal["1K", "2K"] | None
    background: Literal["opaque", "transparent"] | str | None
    output_format: Literal["png", "webp", "jpeg"] | str | None
    enhance_prompt: bool | None  # default true
    seed: int | None
    format: Literal["png", "webp", "jpeg"] | str | None  # = output_format


class Qwen2ImageEditInput(TypedDict, total=False):
    """Qwen 2 image edit (image-edit, image-to-image).

    ``qwen2/image-edit``.
    Facts: market/qwen2/image-edit of 2026-08-19.
    """

    prompt: Required[str]  # at most 800 characters
    image_url: FileLike | None  # image file, at most 10 MB
    image_size: Literal["1:1", "2:3", "3:2", "3:4", "4:3", "9:16", "16:9", "21:9"] | None  # default "16:9"
    seed: int | None
    output_format: Literal["jpeg", "png"] | None  # default "png"
    nsfw_checker: bool | None
    images: Files | None  # = image_url
    aspect_ratio: Literal["1:1", "2:3", "3:2", "3:4", "4:3", "9:16", "16:9", "21:9"] | None  # = image_size
    format: Literal["jpeg", "png"] | None  # = output_format


class Qwen2TextToImageInput(TypedDict, total=False):
    """Qwen 2 text to image (text-to-image).

    ``qwen2/text-to-image``.
    Facts: market/qwen2/text-to-image of 2026-08-19.
    """

    prompt: Required[str]  # at most 800 characters
    image_size: Literal["1:1", "3:4", "4:3", "9:16", "16:9"] | None  # default "16:9"
    seed: int | None
    output_format: Literal["jpeg", "png"] | None  # default "png"
    nsfw_checker: bool | None
    aspect_ratio: Literal["1:1", "3:4", "4:3", "9:16", "16:9"] | None  # = image_size
    format: Literal["jpeg", "png"] | None  # = output_format


class Qwen3ImageToImageInput(TypedDict, total=False):
    """Qwen 3 image to image (image-to-image).

    ``qwen3/image-to-image``.
    Facts: market/qwen3/image-to-image of 2026-08-19.
    """

    image_urls: Files | None  # 1 to 3 items, image file, at most 10 MB
    prompt: Required[str]  # at most 5000 characters
    resolution: Literal["1K", "2K"] | None  # default "1K"
    image_size: Literal["1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9"] | None  # default "16:9"
    output_format: Literal["png", "jpeg"] | None  # default "png"
    prompt_extend: bool | None  # default true
    nsfw_checker: bool | None  # default false
    negative_prompt: str | None  # at most 5000 characters
    seed: int | None  # default 1, 0 to 2147483647
    images: Files | None  # = image_urls
    aspect_ratio: Literal["1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9"] | None  # = image_size
    format: Literal["png", "jpeg"] | None  # = output_format


class Qwen3ProImageToImageInput(TypedDict, total=False):
    """Qwen 3 Pro image to image (image-to-image).

    ``qwen3/pro-image-to-image``.
    Facts: market/qwen3-pro/image-to-image of 2026-08-19.
    """

    image_urls: Files | None  # 1 to 3 items, image file, at most 10 MB
    prompt: Required[str]  # at most 5000 characters
    resolution: Literal["1K", "2K"] | None  # default "1K"
    image_size: Literal["1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9"] | None  # default "16:9"
    output_format: Literal["png", "jpeg"] | None  # default "png"
    prompt_extend: bool | None  # default true
    nsfw_checker: bool | None  # default false
    negative_prompt: str | None  # at most 5000 characters
    seed: int | None  # default 1, 0 to 2147483647
    images: Files | None  # = image_urls
    aspect_ratio: Literal["1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9"] | None  # = image_size
    format: Literal["png", "jpeg"] | None  # = output_format


class Qwen3ProTextToImageInput(TypedDict, total=False):
    """Qwen 3 Pro text to image (text-to-image).

    ``qwen3/pro-text-to-image``.
    Facts: market/qwen3-pro/text-to-image of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    resolution: Literal["1K", "2K"] | None
    image_size: Literal["1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9"] | None  # default "16:9"
    output_format: Literal["png", "jpeg"] | None  # default "png"
    prompt_extend: bool | None  # default true
    nsfw_checker: bool | None  # default false
    negative_prompt: str | None  # at most 5000 characters
    seed: int | None  # default 1, 0 to 2147483647
    aspect_ratio: Literal["1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9"] | None  # = image_size
    format: Literal["png", "jpeg"] | None  # = output_format


class Qwen3TextToImageInput(TypedDict, total=False):
    """Qwen 3 text to image (text-to-image).

    ``qwen3/text-to-image``.
    Facts: market/qwen3/text-to-image of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    resolution: Literal["1K", "2K"] | None
    image_size: Literal["1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9"] | None  # default "16:9"
    output_format: Literal["png", "jpeg"] | None  # default "png"
    prompt_extend: bool | None  # default true
    nsfw_checker: bool | None  # default false
    negative_prompt: str | None  # at most 5000 characters
    seed: int | None  # default 1, 0 to 2147483647
    aspect_ratio: Literal["1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "21:9"] | None  # = image_size
    format: Literal["png", "jpeg"] | None  # = output_format


class RecraftCrispUpscaleInput(TypedDict, total=False):
    """Recraft Crisp upscale (upscale).

    ``recraft/crisp-upscale``.
    Facts: market/recraft/crisp-upscale of 2026-08-19.
    """

    image: FileLike | None  # image file, at most 10 MB
    images: Files | None  # = image


class RecraftRemoveBackgroundInput(TypedDict, total=False):
    """Recraft remove background (background-removal).

    ``recraft/remove-background``.
    Facts: market/recraft/remove-background of 2026-08-19.
    """

    image: FileLike | None  # image file, at most 5 MB
    images: Files | None  # = image


class RunwayInput(TypedDict, total=False):
    """Runway (text-to-video, image-to-video).

    ``runway``.
    Facts: runway of 2026-10-07.
    """

    prompt: Required[str]  # at most 1800 characters
    image_url: FileLike | None  # image file
    duration: Required[Literal["5", "10", 5, 10]]
    quality: Literal["720p", "1080p", "768p"] | None
    aspect_ratio: Literal["16:9", "4:3", "1:1", "3:4", "9:16"] | str | None
    watermark: str | None
    images: Files | None  # = image_url
    first_frame: FileLike | None  # = image_url
    resolution: Literal["720p", "1080p", "768p"] | None  # = quality


class RunwayExtendAiVideoInput(TypedDict, total=False):
    """Runway extend (video-extend).

    ``runway/extend-ai-video``.
    Facts: runway/extend-ai-video of 2026-10-07.
    """

    prompt: Required[str]
    quality: Literal["720p", "1080p", "768p"] | None
    task_id: str | None
    watermark: str | None
    resolution: Literal["720p", "1080p", "768p"] | None  # = quality
    source_task: str | None  # = task_id


class RunwayGen4AlephInput(TypedDict, total=False):
    """Runway Gen-4 Aleph (video-edit).

    ``runway/gen4-aleph``.
    Facts: runway/gen4-aleph of 2026-10-07.
    """

    prompt: Required[str]
    video_url: FileLike | None  # video file
    watermark: str | None
    upload_cn: bool | None
    aspect_ratio: Literal["16:9", "9:16", "4:3", "3:4", "1:1", "21:9"] | str | None
    seed: int | None
    reference_image: FileLike | None  # image file
    images: Files | None  # = reference_image
    video: FileLike | None  # = video_url


class Seedream45EditInput(TypedDict, total=False):
    """Seedream 4.5 edit (image-edit, image-to-image).

    ``seedream/4.5-edit``.
    Facts: market/seedream/4-5-edit of 2026-08-19.
    """

    prompt: Required[str]  # at most 3000 characters
    image_urls: Files | None  # at most 14 items, image file, at most 10 MB
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "2:3", "3:2", "21:9"] | None  # default "1:1"
    quality: Literal["basic", "high"] | None  # default "basic"
    nsfw_checker: bool | None
    images: Files | None  # = image_urls


class Seedream45TextToImageInput(TypedDict, total=False):
    """Seedream 4.5 text to image (text-to-image).

    ``seedream/4.5-text-to-image``.
    Facts: market/seedream/4-5-text-to-image of 2026-08-19.
    """

    prompt: Required[str]  # at most 3000 characters
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "2:3", "3:2", "21:9"] | None  # default "1:1"
    quality: Literal["basic", "high"] | None  # default "basic"
    nsfw_checker: bool | None


class Seedream5FlashImageToImageInput(TypedDict, total=False):
    """Seedream 5.0 Flash image to image (image-to-image).

    ``seedream/5-flash-image-to-image``.
    Facts: seedream/5-flash-image-to-image of 2026-10-07.
    """

    prompt: Required[str]
    aspect_ratio: Required[str]
    size: str | None
    output_format: Literal["png", "jpeg"] | str | None
    image_urls: Files | None  # at most 10 items, image file
    images: Files | None  # = image_urls
    format: Literal["png", "jpeg"] | str | None  # = output_format


class Seedream5FlashLayerDecompositionInput(TypedDict, total=False):
    """Seedream 5.0 Flash layer decomposition (layer-decomposition).

    ``seedream/5-flash-layer-decomposition``.
    Facts: seedream/5-flash-layer-decomposition of 2026-10-07.
    """

    image_url: FileLike | None  # image file
    prompt: str | None
    size: str | None
    images: Files | None  # = image_url


class Seedream5FlashTextToImageInput(TypedDict, total=False):
    """Seedream 5.0 Flash text to image (text-to-image).

    ``seedream/5-flash-text-to-image``.
    Facts: seedream/5-flash-text-to-image of 2026-10-07.
    """

    prompt: Required[str]
    aspect_ratio: Required[str]
    size: str | None
    output_format: Literal["png", "jpeg"] | str | None
    format: Literal["png", "jpeg"] | str | None  # = output_format


class Seedream5LiteImageToImageInput(TypedDict, total=False):
    """Seedream 5.0 Lite image to image (image-to-image).

    ``seedream/5-lite-image-to-image``.
    Facts: market/seedream-5-lite-image-to-image of 2026-08-19.
    """

    prompt: Required[str]  # 3 to 3000 characters
    image_urls: Files | None  # at most 14 items, image file, at most 10 MB
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "2:3", "3:2", "21:9"] | None  # default "1:1"
    quality: Literal["basic", "high", "ultra"] | None  # default "basic"
    output_format: Literal["png", "jpeg"] | None  # default "png"
    nsfw_checker: bool | None
    images: Files | None  # = image_urls
    format: Literal["png", "jpeg"] | None  # = output_format


class Seedream5LiteTextToImageInput(TypedDict, total=False):
    """Seedream 5.0 Lite text to image (text-to-image).

    ``seedream/5-lite-text-to-image``.
    Facts: market/seedream/5-lite-text-to-image of 2026-08-19.
    """

    prompt: Required[str]  # 3 to 3000 characters
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "2:3", "3:2", "21:9"] | None  # default "1:1"
    quality: Literal["basic", "high", "ultra"] | None  # default "basic"
    output_format: Literal["png", "jpeg"] | None  # default "png"
    nsfw_checker: bool | None
    format: Literal["png", "jpeg"] | None  # = output_format


class Seedream5ProImageToImageInput(TypedDict, total=False):
    """Seedream 5.0 Pro image to image (image-to-image).

    ``seedream/5-pro-image-to-image``.
    Facts: market/seedream/5-pro-image-to-image of 2026-08-19.
    """

    prompt: Required[str]  # 3 to 5000 characters
    image_urls: Files | None  # at most 10 items, image file, at most 10 MB
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "2:3", "3:2", "21:9"] | None  # default "1:1"
    quality: Literal["basic", "high"] | None  # default "basic"
    output_format: Literal["png", "jpeg"] | None  # default "png"
    nsfw_checker: bool | None
    images: Files | None  # = image_urls
    format: Literal["png", "jpeg"] | None  # = output_format


class Seedream5ProLayerDecompositionInput(TypedDict, total=False):
    """Seedream 5.0 Pro layer decomposition (layer-decomposition).

    ``seedream/5-pro-layer-decomposition``.
    Facts: market/misc/seedream/5-pro-layer-decomposition of 2026-08-19.
    """

    prompt: str | None  # at most 5000 characters
    image_url: FileLike | None  # image file, at most 30 MB
    size: Literal["auto", "1K", "1.5K", "2K"] | None  # default "auto"
    output_format: Literal["png", "jpeg"] | None  # default "jpeg"
    images: Files | None  # = image_url
    resolution: Literal["auto", "1K", "1.5K", "2K"] | None  # = size
    format: Literal["png", "jpeg"] | None  # = output_format


class Seedream5ProTextToImageInput(TypedDict, total=False):
    """Seedream 5.0 Pro text to image (text-to-image).

    ``seedream/5-pro-text-to-image``.
    Facts: market/seedream/5-pro-text-to-image of 2026-08-19.
    """

    prompt: Required[str]  # 3 to 5000 characters
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16", "2:3", "3:2", "21:9"] | None  # default "1:1"
    quality: Literal["basic", "high"] | None  # default "basic"
    output_format: Literal["png", "jpeg"] | None  # default "png"
    nsfw_checker: bool | None
    format: Literal["png", "jpeg"] | None  # = output_format


class TopazImageUpscaleInput(TypedDict, total=False):
    """Topaz image upscale (upscale).

    ``topaz/image-upscale``.
    Facts: market/topaz/image-upscale of 2026-08-19.
    """

    image_url: FileLike | None  # image file, at most 10 MB
    upscale_factor: Literal["1", "2", "4", 1, 2, 4] | None  # default "2"
    images: Files | None  # = image_url
    scale: Literal["1", "2", "4", 1, 2, 4] | None  # = upscale_factor


class TopazVideoUpscaleInput(TypedDict, total=False):
    """Topaz video upscale (upscale).

    ``topaz/video-upscale``.
    Facts: market/topaz/video-upscale of 2026-08-19.
    """

    video_url: FileLike | None  # video file, at most 50 MB
    upscale_factor: Literal["1", "2", "4", 1, 2, 4] | None  # default "2"
    video: FileLike | None  # = video_url
    scale: Literal["1", "2", "4", 1, 2, 4] | None  # = upscale_factor


class Veo31Input(TypedDict, total=False):
    """Veo 3.1 (text-to-video, image-to-video, reference-to-video).

    ``veo-3-1``.
    Facts: veo-3-1 of 2026-10-07.
    """

    prompt: Required[str]
    image_urls: Files | None  # at most 3 items, image file
    generation_type: Literal["TEXT_2_VIDEO", "FIRST_AND_LAST_FRAMES_2_VIDEO", "REFERENCE_2_VIDEO"] | str | None
    aspect_ratio: Literal["16:9", "9:16", "Auto"] | str | None  # default "16:9"
    enable_fallback: bool | None  # deprecated
    enable_translation: bool | None
    watermark: str | None
    resolution: Literal["720p", "1080p", "4k", "768p", "2160p"] | None
    duration: Literal["4", "6", "8", 4, 6, 8] | int | None  # default 8
    model: Literal["veo3_fast", "veo3", "veo3_lite"] | None
    images: Files | None  # = image_urls
    first_frame: FileLike | None  # = image_urls[0]
    last_frame: FileLike | None  # = image_urls[1]
    model_tier: Literal["veo3_fast", "veo3", "veo3_lite"] | None  # = model


class VeoExtendInput(TypedDict, total=False):
    """Veo 3.1 extend (video-extend).

    ``veo/extend``.
    Facts: veo/extend of 2026-10-07.
    """

    prompt: Required[str]
    task_id: str | None
    seeds: int | None  # 10000 to 99999
    watermark: str | None
    seed: int | None  # = seeds
    source_task: str | None  # = task_id


class VeoGet1080pVideoInput(TypedDict, total=False):
    """Veo 3.1, 1080p version (upscale).

    ``veo/get-1080p-video``.
    Facts: veo/get-1080p-video of 2026-10-07.
    """

    taskId: str | None
    index: str | None
    source_task: str | None  # = taskId


class VeoGet4kVideoInput(TypedDict, total=False):
    """Veo 3.1, 4K version (upscale).

    ``veo/get-4k-video``.
    Facts: veo/get-4k-video of 2026-10-07.
    """

    task_id: str | None
    index: int | None  # default 0
    source_task: str | None  # = task_id


class VolcengineVideoToVideoLipSyncInput(TypedDict, total=False):
    """Volcengine video to video lip sync (lip-sync).

    ``volcengine/video-to-video-lip-sync``.
    Facts: market/volcengine/video-to-video-lip-sync of 2026-08-19.
    """

    mode: Literal["lite", "basic"] | None
    video_url: FileLike | None  # video file, at most 500 MB
    audio_url: FileLike | None  # audio file, at most 10 MB
    separate_vocal: bool | None  # default false
    open_scenedet: bool | None  # default false
    align_audio: bool | None  # default true
    align_audio_reverse: bool | None  # default false
    templ_start_seconds: float | None  # default 0
    video: FileLike | None  # = video_url
    audio: FileLike | None  # = audio_url
    quality: Literal["lite", "basic"] | None  # = mode
    model_tier: Literal["lite", "basic"] | None  # = mode


class Wan22A14bImageToVideoTurboInput(TypedDict, total=False):
    """Wan 2.2 A14B image to video Turbo (image-to-video).

    ``wan/2-2-a14b-image-to-video-turbo``.
    Facts: market/wan/2-2-a14b-image-to-video-turbo of 2026-08-19.
    """

    image_url: FileLike | None  # image file, at most 10 MB
    prompt: Required[str]  # at most 5000 characters
    resolution: Literal["480p", "720p", "768p"] | None  # default "720p"
    enable_prompt_expansion: bool | None
    seed: float | None  # default 0, 0 to 2147483647
    acceleration: Literal["none", "regular"] | None  # default "none"
    nsfw_checker: bool | None
    images: Files | None  # = image_url
    first_frame: FileLike | None  # = image_url


class Wan22A14bSpeechToVideoTurboInput(TypedDict, total=False):
    """Wan 2.2 A14B speech to video Turbo (speech-to-video).

    ``wan/2-2-a14b-speech-to-video-turbo``.
    Facts: market/wan/2-2-a14b-speech-to-video-turbo of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    image_url: FileLike | None  # image file, at most 10 MB
    audio_url: FileLike | None  # audio file, at most 10 MB
    num_frames: float | None  # default 80, 40 to 120, steps of 4
    frames_per_second: float | None  # default 16, 4 to 60
    resolution: Literal["480p", "580p", "720p", "768p"] | None  # default "480p"
    negative_prompt: str | None  # at most 500 characters
    seed: int | None
    num_inference_steps: float | None  # default 27, 2 to 40
    guidance_scale: float | None  # default 3.5, 1 to 10
    shift: float | None  # default 5, 1 to 10
    nsfw_checker: bool | None
    images: Files | None  # = image_url
    audio: FileLike | None  # = audio_url
    guidance: float | None  # = guidance_scale
    steps: float | None  # = num_inference_steps


class Wan22A14bTextToVideoTurboInput(TypedDict, total=False):
    """Wan 2.2 A14B text to video Turbo (text-to-video).

    ``wan/2-2-a14b-text-to-video-turbo``.
    Facts: market/wan/2-2-a14b-text-to-video-turbo of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    resolution: Literal["480p", "720p", "768p"] | None  # default "720p"
    aspect_ratio: Literal["16:9", "9:16"] | None  # default "16:9"
    enable_prompt_expansion: bool | None
    seed: float | None  # default 0, 0 to 2147483647
    acceleration: Literal["none", "regular"] | None  # default "none"
    nsfw_checker: bool | None


class Wan22AnimateMoveInput(TypedDict, total=False):
    """Wan 2.2 animate move (motion-transfer).

    ``wan/2-2-animate-move``.
    Facts: market/wan/2-2-animate-move of 2026-08-19.
    """

    video_url: FileLike | None  # video file, at most 10 MB
    image_url: FileLike | None  # image file, at most 10 MB
    resolution: Literal["480p", "580p", "720p", "768p"] | None  # default "480p"
    nsfw_checker: bool | None
    images: Files | None  # = image_url
    video: FileLike | None  # = video_url


class Wan22AnimateReplaceInput(TypedDict, total=False):
    """Wan 2.2 animate replace (motion-transfer).

    ``wan/2-2-animate-replace``.
    Facts: market/wan/2-2-animate-replace of 2026-08-19.
    """

    video_url: FileLike | None  # video file, at most 10 MB
    image_url: FileLike | None  # image file, at most 10 MB
    resolution: Literal["480p", "580p", "720p", "768p"] | None  # default "480p"
    nsfw_checker: bool | None
    images: Files | None  # = image_url
    video: FileLike | None  # = video_url


class Wan25ImageToVideoInput(TypedDict, total=False):
    """Wan 2.5 image to video (image-to-video).

    ``wan/2-5-image-to-video``.
    Facts: market/wan/2-5-image-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 800 characters
    image_url: FileLike | None  # image file, at most 10 MB
    duration: Required[Literal["5", "10", 5, 10]]
    resolution: Literal["720p", "1080p", "768p"] | None
    negative_prompt: str | None  # at most 500 characters
    enable_prompt_expansion: bool | None
    seed: int | None
    nsfw_checker: bool | None
    images: Files | None  # = image_url
    first_frame: FileLike | None  # = image_url


class Wan25TextToVideoInput(TypedDict, total=False):
    """Wan 2.5 text to video (text-to-video).

    ``wan/2-5-text-to-video``.
    Facts: market/wan/2-5-text-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 800 characters
    duration: Required[Literal["5", "10", 5, 10]]
    aspect_ratio: Literal["16:9", "9:16", "1:1"] | None
    resolution: Literal["720p", "1080p", "768p"] | None
    negative_prompt: str | None  # at most 500 characters
    enable_prompt_expansion: bool | None
    seed: int | None
    nsfw_checker: bool | None


class Wan26FlashImageToVideoInput(TypedDict, total=False):
    """Wan 2.6 Flash image to video (image-to-video).

    ``wan/2-6-flash-image-to-video``.
    Facts: market/wan/2-6-flash-image-to-video of 2026-08-19.
    """

    prompt: Required[str]  # 2 to 1500 characters
    image_urls: Files | None  # at most 1 items, image file, at most 10 MB
    duration: Literal["5", "10", "15", 5, 10, 15] | None  # default "5"
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    audio: bool | None
    multi_shots: bool | None
    nsfw_checker: bool | None
    images: Files | None  # = image_urls
    first_frame: FileLike | None  # = image_urls[0]
    sound: bool | None  # = audio


class Wan26FlashVideoToVideoInput(TypedDict, total=False):
    """Wan 2.6 Flash video to video (video-to-video).

    ``wan/2-6-flash-video-to-video``.
    Facts: market/wan/2-6-flash-video-to-video of 2026-08-19.
    """

    prompt: Required[str]  # 2 to 1500 characters
    video_urls: Files | None  # at most 3 items, video file, at most 10 MB
    duration: Literal["5", "10", 5, 10] | None  # default "5"
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    audio: bool | None
    multi_shots: bool | None
    nsfw_checker: bool | None
    video: FileLike | None  # = video_urls[0]
    videos: Files | None  # = video_urls
    sound: bool | None  # = audio


class Wan26ImageToVideoInput(TypedDict, total=False):
    """Wan 2.6 image to video (image-to-video).

    ``wan/2-6-image-to-video``.
    Facts: market/wan/2-6-image-to-video of 2026-08-19.
    """

    prompt: Required[str]  # 2 to 5000 characters
    image_urls: Files | None  # at most 1 items, image file, at most 10 MB
    duration: Literal["5", "10", "15", 5, 10, 15] | None  # default "5"
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    multi_shots: bool | None  # default false
    nsfw_checker: bool | None
    images: Files | None  # = image_urls
    first_frame: FileLike | None  # = image_urls[0]


class Wan26TextToVideoInput(TypedDict, total=False):
    """Wan 2.6 text to video (text-to-video).

    ``wan/2-6-text-to-video``.
    Facts: market/wan/2-6-text-to-video of 2026-08-19.
    """

    prompt: Required[str]  # 1 to 5000 characters
    duration: Literal["5", "10", "15", 5, 10, 15] | None  # default "5"
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    multi_shots: bool | None  # default false
    nsfw_checker: bool | None


class Wan26VideoToVideoInput(TypedDict, total=False):
    """Wan 2.6 video to video (video-to-video).

    ``wan/2-6-video-to-video``.
    Facts: market/wan/2-6-video-to-video of 2026-08-19.
    """

    prompt: Required[str]  # 2 to 5000 characters
    video_urls: Files | None  # at most 3 items, video file, at most 10 MB
    duration: Literal["5", "10", 5, 10] | None  # default "5"
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    multi_shots: bool | None  # default false
    nsfw_checker: bool | None
    video: FileLike | None  # = video_urls[0]
    videos: Files | None  # = video_urls


class Wan27ImageColorPalette(TypedDict, total=False):
    """A part of the input of ``wan/2-7-image``."""

    hex: Required[str]
    ratio: Required[str]


class Wan27ImageInput(TypedDict, total=False):
    """Wan 2.7 image (text-to-image, image-to-image).

    ``wan/2-7-image``.
    Facts: market/wan/2-7-image of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    input_urls: Files | None  # at most 9 items, image file
    aspect_ratio: Literal["1:1", "16:9", "4:3", "21:9", "3:4", "9:16", "8:1", "1:8"] | None
    enable_sequential: bool | None  # default false
    n: int | None  # default 4, 1 to 12
    resolution: Literal["1K", "2K", "4K"] | None  # default "2K"
    thinking_mode: bool | None  # default false
    color_palette: Wan27ImageColorPalette | Sequence[Wan27ImageColorPalette] | None  # 3 to 10 items
    bbox_list: Sequence[Sequence[int | Sequence[int]]] | None
    watermark: bool | None  # default false
    seed: int | None  # default 0, 0 to 2147483647
    nsfw_checker: bool | None
    images: Files | None  # = input_urls
    count: int | None  # = n


class Wan27ImageProColorPalette(TypedDict, total=False):
    """A part of the input of ``wan/2-7-image-pro``."""

    hex: Required[str]
    ratio: Required[str]


class Wan27ImageProInput(TypedDict, total=False):
    """Wan 2.7 image Pro (text-to-image, image-to-image).

    ``wan/2-7-image-pro``.
    Facts: market/wan/2-7-image-pro of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    input_urls: Files | None  # at most 9 items, image file
    aspect_ratio: Literal["1:1", "16:9", "4:3", "21:9", "3:4", "9:16", "8:1", "1:8"] | None
    enable_sequential: bool | None  # default false
    n: int | None  # default 4, 1 to 12
    resolution: Literal["1K", "2K", "4K"] | None  # default "2K"
    thinking_mode: bool | None  # default false
    color_palette: Wan27ImageProColorPalette | Sequence[Wan27ImageProColorPalette] | None  # 3 to 10 items
    bbox_list: Sequence[Sequence[int | Sequence[int]]] | None
    watermark: bool | None  # default false
    seed: int | None  # default 0, 0 to 2147483647
    nsfw_checker: bool | None
    images: Files | None  # = input_urls
    count: int | None  # = n


class Wan27ImageToVideoInput(TypedDict, total=False):
    """Wan 2.7 image to video (image-to-video).

    ``wan/2-7-image-to-video``.
    Facts: market/wan/2-7-image-to-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    negative_prompt: str | None  # at most 500 characters
    first_frame_url: FileLike | None  # image file
    last_frame_url: FileLike | None  # image file
    first_clip_url: FileLike | None  # video file
    driving_audio_url: FileLike | None  # audio file
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    duration: int | str | None  # default 5, 2 to 15
    prompt_extend: bool | None  # default true
    watermark: bool | None  # default false
    seed: int | None  # 0 to 2147483647
    nsfw_checker: bool | None
    images: Files | None  # = first_frame_url
    first_frame: FileLike | None  # = first_frame_url
    last_frame: FileLike | None  # = last_frame_url
    video: FileLike | None  # = first_clip_url
    audio: FileLike | None  # = driving_audio_url


class Wan27R2vInput(TypedDict, total=False):
    """Wan 2.7 reference to video (reference-to-video).

    ``wan/2-7-r2v``.
    Facts: market/wan/2-7-r2v of 2026-08-19.
    """

    prompt: Required[str]  # at most 5000 characters
    negative_prompt: str | None  # at most 500 characters
    reference_image: Files | None  # at most 5 items, image file
    reference_video: Files | None  # at most 5 items, video file
    first_frame: FileLike | None  # image file
    reference_voice: FileLike | None  # audio file, at most 15 MB
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    aspect_ratio: Literal["16:9", "9:16", "1:1", "4:3", "3:4"] | None  # default "16:9"
    duration: int | str | None  # default 5, 2 to 10
    prompt_extend: bool | None  # default true
    watermark: bool | None  # default false
    seed: int | None  # 0 to 2147483647
    nsfw_checker: bool | None
    images: Files | None  # = reference_image
    video: FileLike | None  # = reference_video[0]
    videos: Files | None  # = reference_video
    audio: FileLike | None  # = reference_voice


class Wan27TextToVideoInput(TypedDict, total=False):
    """Wan 2.7 text to video (text-to-video).

    ``wan/2-7-text-to-video``.
    Facts: market/wan/2-7-text-to-video of 2026-08-19.
    """

    prompt: Required[str]  # 1 to 5000 characters
    negative_prompt: str | None  # at most 500 characters
    audio_url: FileLike | None  # audio file
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    ratio: Literal["16:9", "9:16", "1:1", "4:3", "3:4"] | None  # default "16:9"
    duration: int | str | None  # default 5, 2 to 15
    prompt_extend: bool | None  # default true
    watermark: bool | None  # default false
    seed: int | None  # 0 to 2147483647
    nsfw_checker: bool | None
    audio: FileLike | None  # = audio_url
    aspect_ratio: Literal["16:9", "9:16", "1:1", "4:3", "3:4"] | None  # = ratio


class Wan27VideoeditInput(TypedDict, total=False):
    """Wan 2.7 video edit (video-edit).

    ``wan/2-7-videoedit``.
    Facts: market/wan/2-7-videoedit of 2026-08-19.
    """

    prompt: str | None  # at most 5000 characters
    negative_prompt: str | None  # at most 500 characters
    video_url: FileLike | None  # video file, at most 100 MB
    reference_image: FileLike | None  # image file
    resolution: Literal["720p", "1080p", "768p"] | None  # default "1080p"
    aspect_ratio: Literal["16:9", "9:16", "1:1", "4:3", "3:4"] | None
    duration: (
        Literal["0", "2", "3", "4", "5", "6", "7", "8", "9", "10", 0, 2, 3, 4, 5, 6, 7, 8, 9, 10] | None
    )  # default 0, 0 to 10
    audio_setting: Literal["auto", "origin"] | None  # default "auto"
    prompt_extend: bool | None  # default true
    watermark: bool | None  # default false
    seed: int | None  # 0 to 2147483647
    nsfw_checker: bool | None
    images: Files | None  # = reference_image
    video: FileLike | None  # = video_url


class Wan30VideoInput(TypedDict, total=False):
    """Wan 3.0 video (text-to-video, image-to-video, reference-to-video).

    ``wan/3-0-video``.
    Facts: wan/3-0-video of 2026-10-07.
    """

    prompt: str | None  # at most 20000 characters
    first_frame_url: FileLike | None  # image file
    last_frame_url: FileLike | None  # image file
    reference_image_urls: Files | None  # at most 10 items, image file
    reference_video_urls: Files | None  # at most 5 items, video file
    reference_audio_urls: Files | None  # at most 5 items, audio file
    reference_file_urls: Files | None  # at most 1 items, any file
    reference_link_urls: Sequence[str] | None  # at most 1 items
    resolution: Literal["480P", "720P", "1080P"] | None  # default "1080P"
    aspect_ratio: Literal["adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "auto"] | str | None  # default "adaptive"
    duration: (
        Literal[
            "-1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            "16",
            "17",
            "18",
            "19",
            "20",
            "21",
            "22",
            "23",
            "24",
            "25",
            "26",
            "27",
            "28",
            "29",
            "30",
            -1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
            16,
            17,
            18,
            19,
            20,
            21,
            22,
            23,
            24,
            25,
            26,
            27,
            28,
            29,
            30,
        ]
        | int
        | None
    )  # default 5
    audio: bool | None  # default true
    seed: int | None
    nsfw_checker: bool | None  # default false
    images: Files | None  # = reference_image_urls
    first_frame: FileLike | None  # = first_frame_url
    last_frame: FileLike | None  # = last_frame_url
    video: FileLike | None  # = reference_video_urls[0]
    videos: Files | None  # = reference_video_urls
    audios: Files | None  # = reference_audio_urls
    sound: bool | None  # = audio


class Wan30VideoPrimeInput(TypedDict, total=False):
    """Wan 3.0 video Prime (text-to-video, image-to-video, reference-to-video).

    ``wan/3-0-video-prime``.
    Facts: wan/3-0-video-prime of 2026-10-07.
    """

    prompt: str | None  # at most 20000 characters
    first_frame_url: FileLike | None  # image file
    last_frame_url: FileLike | None  # image file
    reference_image_urls: Files | None  # at most 10 items, image file
    reference_video_urls: Files | None  # at most 5 items, video file
    reference_audio_urls: Files | None  # at most 5 items, audio file
    reference_file_urls: Files | None  # at most 1 items, any file
    reference_link_urls: Sequence[str] | None  # at most 1 items
    resolution: Literal["480P", "720P", "1080P"] | None  # default "1080P"
    aspect_ratio: Literal["adaptive", "16:9", "4:3", "1:1", "3:4", "9:16", "auto"] | str | None  # default "adaptive"
    duration: (
        Literal[
            "-1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            "16",
            "17",
            "18",
            "19",
            "20",
            "21",
            "22",
            "23",
            "24",
            "25",
            "26",
            "27",
            "28",
            "29",
            "30",
            -1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            14,
            15,
            16,
            17,
            18,
            19,
            20,
            21,
            22,
            23,
            24,
            25,
            26,
            27,
            28,
            29,
            30,
        ]
        | int
        | None
    )  # default 5
    audio: bool | None  # default true
    seed: int | None
    nsfw_checker: bool | None  # default false
    images: Files | None  # = reference_image_urls
    first_frame: FileLike | None  # = first_frame_url
    last_frame: FileLike | None  # = last_frame_url
    video: FileLike | None  # = reference_video_urls[0]
    videos: Files | None  # = reference_video_urls
    audios: Files | None  # = reference_audio_urls
    sound: bool | None  # = audio


class ZImageInput(TypedDict, total=False):
    """Z-Image (text-to-image).

    ``z-image``.
    Facts: market/z-image/z-image of 2026-08-19.
    """

    prompt: Required[str]  # at most 1000 characters
    aspect_ratio: Literal["1:1", "4:3", "3:4", "16:9", "9:16"] | None  # default "1:1"
    nsfw_checker: bool | None


class RunwayAlephGenerateInput(TypedDict, total=False):
    """Runway Aleph (endpoint of its own) (video-edit).

    ``aleph/generate``. Legacy.
    Facts: runway-api/generate-aleph-video of 2026-08-19.
    """

    prompt: Required[str]
    videoUrl: FileLike | None  # video file
    waterMark: str | None
    uploadCn: bool | None  # default false
    aspectRatio: Literal["16:9", "9:16", "4:3", "3:4", "1:1", "21:9"] | None
    seed: int | None
    referenceImage: FileLike | None  # image file
    images: Files | None  # = referenceImage
    video: FileLike | None  # = videoUrl
    aspect_ratio: Literal["16:9", "9:16", "4:3", "3:4", "1:1", "21:9"] | None  # = aspectRatio
    watermark: str | None  # = waterMark


class FluxKontextGenerateInput(TypedDict, total=False):
    """FLUX.1 Kontext (endpoint of its own) (text-to-image, image-to-image).

    ``flux/kontext/generate``. Legacy.
    Facts: flux-kontext-api/generate-or-edit-image of 2026-08-19.
    """

    prompt: Required[str]
    enableTranslation: bool | None
    uploadCn: bool | None
    inputImage: FileLike | None  # image file
    aspectRatio: Literal["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"] | None  # default "16:9"
    outputFormat: Literal["jpeg", "png"] | None  # default "jpeg"
    promptUpsampling: bool | None  # default false
    model: Literal["flux-kontext-pro", "flux-kontext-max"] | None  # default "flux-kontext-pro"
    safetyTolerance: Literal["0", "1", "2", "3", "4", "5", "6", 0, 1, 2, 3, 4, 5, 6] | None  # default 2
    watermark: str | None
    images: Files | None  # = inputImage
    aspect_ratio: Literal["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"] | None  # = aspectRatio
    format: Literal["jpeg", "png"] | None  # = outputFormat
    safety: Literal["0", "1", "2", "3", "4", "5", "6", 0, 1, 2, 3, 4, 5, 6] | None  # = safetyTolerance
    model_tier: Literal["flux-kontext-pro", "flux-kontext-max"] | None  # = model


class SunoGenerateInput(TypedDict, total=False):
    """Suno music (endpoint of its own) (text-to-music).

    ``generate``. Legacy.
    Facts: suno-api/generate-music of 2026-08-19.
    """

    prompt: str | None  # at most 5000 characters
    style: str | None  # at most 1000 characters
    title: str | None  # at most 80 characters
    customMode: Required[bool]
    instrumental: Required[bool]
    model: Literal["V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None
    negativeTags: str | None
    vocalGender: Literal["m", "f"] | None
    styleWeight: float | None  # 0 to 1, steps of 0.01
    weirdnessConstraint: float | None  # 0 to 1, steps of 0.01
    audioWeight: float | None  # 0 to 1, steps of 0.01
    personaId: str | None
    personaModel: Literal["style_persona", "voice_persona"] | None
    duration: float | str | None  # default 20, 10 to 360
    negative_prompt: str | None  # = negativeTags
    lyrics: str | None  # = prompt
    model_tier: Literal["V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None  # = model


class SunoGenerateAddInstrumentalInput(TypedDict, total=False):
    """Suno add instrumental (endpoint of its own) (add-instrumental).

    ``generate/add-instrumental``. Legacy.
    Facts: suno-api/add-instrumental of 2026-08-19.
    """

    uploadUrl: FileLike | None  # audio file
    model: Literal["V4_5PLUS", "V5", "V5_5"] | None  # default "V4_5PLUS"
    title: Required[str]
    negativeTags: str | None  # at most 200 characters
    tags: str | None  # at most 1000 characters
    vocalGender: Literal["m", "f"] | None
    styleWeight: float | None  # 0 to 1, steps of 0.01
    weirdnessConstraint: float | None  # 0 to 1, steps of 0.01
    audioWeight: float | None  # 0 to 1, steps of 0.01
    negative_prompt: str | None  # = negativeTags
    audio: FileLike | None  # = uploadUrl
    style: str | None  # = tags
    model_tier: Literal["V4_5PLUS", "V5", "V5_5"] | None  # = model


class SunoGenerateAddVocalsInput(TypedDict, total=False):
    """Suno add vocals (endpoint of its own) (add-vocals).

    ``generate/add-vocals``. Legacy.
    Facts: suno-api/add-vocals of 2026-08-19.
    """

    prompt: Required[str]
    model: Literal["V4_5PLUS", "V5", "V5_5"] | None  # default "V4_5PLUS"
    title: Required[str]
    negativeTags: str | None  # at most 200 characters
    style: Required[str]  # at most 1000 characters
    vocalGender: Literal["m", "f"] | None
    styleWeight: float | None  # 0 to 1, steps of 0.01
    weirdnessConstraint: float | None  # 0 to 1, steps of 0.01
    audioWeight: float | None  # 0 to 1, steps of 0.01
    uploadUrl: FileLike | None  # audio file
    negative_prompt: str | None  # = negativeTags
    audio: FileLike | None  # = uploadUrl
    model_tier: Literal["V4_5PLUS", "V5", "V5_5"] | None  # = model


class SunoGenerateExtendInput(TypedDict, total=False):
    """Suno extend (endpoint of its own) (music-extend).

    ``generate/extend``. Legacy.
    Facts: suno-api/extend-music of 2026-08-19.
    """

    defaultParamFlag: Required[bool]
    audioId: str | None
    prompt: str | None  # at most 5000 characters
    style: str | None  # at most 1000 characters
    title: str | None  # at most 100 characters
    continueAt: float | None
    model: Literal["V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None
    negativeTags: str | None
    vocalGender: Literal["m", "f"] | None
    styleWeight: float | None  # 0 to 1, steps of 0.01
    weirdnessConstraint: float | None  # 0 to 1, steps of 0.01
    audioWeight: float | None  # 0 to 1, steps of 0.01
    personaId: str | None
    personaModel: Literal["style_persona", "voice_persona"] | None
    instrumental: bool | None  # default false
    negative_prompt: str | None  # = negativeTags
    audio_id: str | None  # = audioId
    model_tier: Literal["V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None  # = model


class SunoGenerateGeneratePersonaInput(TypedDict, total=False):
    """Suno generate persona (endpoint of its own) (persona).

    ``generate/generate-persona``. Legacy.
    Facts: suno-api/generate-persona of 2026-08-19.
    """

    taskId: str | None
    audioId: str | None
    name: str | None
    description: str | None
    vocalStart: float | None  # default 0, from 0
    vocalEnd: float | None  # default 30, from 0, steps of 0.01
    style: str | None
    prompt: str | None  # = description
    title: str | None  # = name
    source_task: str | None  # = taskId
    audio_id: str | None  # = audioId


class SunoGenerateGetTimestampedLyricsInput(TypedDict, total=False):
    """Suno timestamped lyrics (endpoint of its own) (timestamped-lyrics).

    ``generate/get-timestamped-lyrics``. Legacy.
    Facts: suno-api/get-timestamped-lyrics of 2026-08-19.
    """

    taskId: str | None
    audioId: str | None
    source_task: str | None  # = taskId
    audio_id: str | None  # = audioId


class SunoGenerateMashupInput(TypedDict, total=False):
    """Suno mashup (endpoint of its own) (mashup).

    ``generate/mashup``. Legacy.
    Facts: suno-api/generate-mashup of 2026-08-19.
    """

    uploadUrlList: Files | None  # 2 to 2 items, audio file
    prompt: str | None  # at most 5000 characters
    style: Required[str]  # at most 1000 characters
    title: Required[str]  # at most 80 characters
    customMode: Required[bool]
    instrumental: bool | None
    model: Literal["V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None
    vocalGender: Literal["m", "f"] | None
    styleWeight: float | None  # 0 to 1, steps of 0.01
    weirdnessConstraint: float | None  # 0 to 1, steps of 0.01
    audioWeight: float | None  # 0 to 1, steps of 0.01
    duration: int | str | None  # default 20, 10 to 360
    audio: FileLike | None  # = uploadUrlList[0]
    audios: Files | None  # = uploadUrlList
    model_tier: Literal["V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None  # = model


class SunoGenerateReplaceSectionInput(TypedDict, total=False):
    """Suno replace section (endpoint of its own) (replace-section).

    ``generate/replace-section``. Legacy.
    Facts: suno-api/replace-section of 2026-08-19.
    """

    prompt: Required[str]
    tags: str | None
    title: Required[str]
    negativeTags: str | None
    infillStartS: Required[float]  # from 0
    infillEndS: Required[float]  # from 0
    fullLyrics: str | None
    taskId: str | None
    audioId: str | None
    uploadUrl: FileLike | None  # audio file
    model: Literal["V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None
    negative_prompt: str | None  # = negativeTags
    audio: FileLike | None  # = uploadUrl
    style: str | None  # = tags
    lyrics: str | None  # = fullLyrics
    source_task: str | None  # = taskId
    audio_id: str | None  # = audioId
    model_tier: Literal["V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None  # = model


class SunoGenerateSoundsInput(TypedDict, total=False):
    """Suno sounds (endpoint of its own) (sound-effect).

    ``generate/sounds``. Legacy.
    Facts: suno-api/generate-sounds of 2026-08-19.
    """

    prompt: Required[str]  # at most 500 characters
    model: Literal["V5", "V5_5"] | None
    soundLoop: bool | None  # default false
    soundTempo: int | None  # 1 to 300
    soundKey: (
        Literal[
            "Any",
            "Cm",
            "C#m",
            "Dm",
            "D#m",
            "Em",
            "Fm",
            "F#m",
            "Gm",
            "G#m",
            "Am",
            "A#m",
            "Bm",
            "C",
            "C#",
            "D",
            "D#",
            "E",
            "F",
            "F#",
            "G",
            "G#",
            "A",
            "A#",
            "B",
        ]
        | None
    )  # default "Any"
    grabLyrics: bool | None  # default false
    model_tier: Literal["V5", "V5_5"] | None  # = model


class SunoGenerateUploadCoverInput(TypedDict, total=False):
    """Suno upload cover (endpoint of its own) (music-cover).

    ``generate/upload-cover``. Legacy.
    Facts: suno-api/upload-and-cover-audio of 2026-08-19.
    """

    uploadUrl: FileLike | None  # audio file
    prompt: str | None  # at most 5000 characters
    style: str | None  # at most 1000 characters
    title: str | None  # at most 100 characters
    customMode: Required[bool]
    instrumental: Required[bool]
    model: Literal["V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None
    negativeTags: str | None
    vocalGender: Literal["m", "f"] | None
    styleWeight: float | None  # 0 to 1, steps of 0.01
    weirdnessConstraint: float | None  # 0 to 1, steps of 0.01
    audioWeight: float | None  # 0 to 1, steps of 0.01
    personaId: str | None
    personaModel: Literal["voice_persona", "style_persona"] | None
    duration: int | str | None  # default 20, 10 to 360
    negative_prompt: str | None  # = negativeTags
    audio: FileLike | None  # = uploadUrl
    lyrics: str | None  # = prompt
    model_tier: Literal["V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None  # = model


class SunoGenerateUploadExtendInput(TypedDict, total=False):
    """Suno upload extend (endpoint of its own) (music-extend).

    ``generate/upload-extend``. Legacy.
    Facts: suno-api/upload-and-extend-audio of 2026-08-19.
    """

    uploadUrl: FileLike | None  # audio file
    defaultParamFlag: Required[bool]
    instrumental: bool | None  # default false
    prompt: str | None  # at most 5000 characters
    style: str | None  # at most 1000 characters
    title: str | None  # at most 100 characters
    continueAt: Required[float]
    model: Literal["V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None
    negativeTags: str | None
    vocalGender: Literal["m", "f"] | None
    styleWeight: float | None  # 0 to 1, steps of 0.01
    weirdnessConstraint: float | None  # 0 to 1, steps of 0.01
    audioWeight: float | None  # 0 to 1, steps of 0.01
    personaId: str | None
    personaModel: Literal["style_persona", "voice_persona"] | None
    negative_prompt: str | None  # = negativeTags
    audio: FileLike | None  # = uploadUrl
    model_tier: Literal["V4", "V4_5", "V4_5PLUS", "V4_5ALL", "V5", "V5_5"] | None  # = model


class OpenaiGpt4oImageDownloadUrlInput(TypedDict, total=False):
    """GPT-4o Image, direct download link (download-url).

    ``gpt4o-image/download-url``. Legacy.
    Facts: 4o-image-api/get-4-o-image-download-url of 2026-08-19.
    """

    taskId: str | None
    url: Required[str]
    source_task: str | None  # = taskId


class OpenaiGpt4oImageGenerateInput(TypedDict, total=False):
    """GPT-4o Image (endpoint of its own) (text-to-image, image-to-image).

    ``gpt4o-image/generate``. Legacy.
    Facts: 4o-image-api/generate-4-o-image of 2026-08-19.
    """

    prompt: str | None
    filesUrl: Files | None  # at most 5 items, image file
    size: Literal["1:1", "3:2", "2:3"] | None
    fileUrl: FileLike | None  # deprecated, image file
    isEnhance: bool | None
    uploadCn: bool | None
    enableFallback: bool | None
    fallbackModel: Literal["GPT_IMAGE_1", "FLUX_MAX"] | None
    maskUrl: FileLike | None  # image file
    nVariants: Literal["1", "2", "4", 1, 2, 4] | None
    images: Files | None  # = filesUrl
    aspect_ratio: Literal["1:1", "3:2", "2:3"] | None  # = size
    mask: FileLike | None  # = maskUrl
    count: Literal["1", "2", "4", 1, 2, 4] | None  # = nVariants


class SunoLyricsInput(TypedDict, total=False):
    """Suno lyrics (endpoint of its own) (lyrics).

    ``lyrics``. Legacy.
    Facts: suno-api/generate-lyrics of 2026-08-19.
    """

    prompt: Required[str]  # at most 200 characters


class SunoMidiGenerateInput(TypedDict, total=False):
    """Suno MIDI from audio (endpoint of its own) (midi).

    ``midi/generate``. Legacy.
    Facts: suno-api/generate-midi of 2026-08-19.
    """

    taskId: str | None
    audioId: str | None
    source_task: str | None  # = taskId
    audio_id: str | None  # = audioId


class SunoMp4GenerateInput(TypedDict, total=False):
    """Suno music video (endpoint of its own) (music-video).

    ``mp4/generate``. Legacy.
    Facts: suno-api/create-music-video of 2026-08-19.
    """

    taskId: str | None
    audioId: str | None
    author: str | None  # at most 50 characters
    domainName: str | None  # at most 50 characters
    source_task: str | None  # = taskId
    audio_id: str | None  # = audioId


class RunwayExtendInput(TypedDict, total=False):
    """Runway extend (endpoint of its own) (video-extend).

    ``runway/extend``. Legacy.
    Facts: runway-api/extend-ai-video of 2026-08-19.
    """

    taskId: str | None
    prompt: Required[str]
    quality: Literal["720p", "1080p", "768p"] | None
    waterMark: str | None
    resolution: Literal["720p", "1080p", "768p"] | None  # = quality
    source_task: str | None  # = taskId
    watermark: str | None  # = waterMark


class RunwayGenerateInput(TypedDict, total=False):
    """Runway (endpoint of its own) (text-to-video, image-to-video).

    ``runway/generate``. Legacy.
    Facts: runway-api/generate-ai-video of 2026-08-19.
    """

    prompt: Required[str]  # at most 1800 characters
    imageUrl: FileLike | None  # image file
    duration: Required[Literal["5", "10", 5, 10]]
    quality: Literal["720p", "1080p", "768p"] | None
    aspectRatio: Literal["16:9", "4:3", "1:1", "3:4", "9:16"] | None
    waterMark: str | None
    images: Files | None  # = imageUrl
    first_frame: FileLike | None  # = imageUrl
    aspect_ratio: Literal["16:9", "4:3", "1:1", "3:4", "9:16"] | None  # = aspectRatio
    resolution: Literal["720p", "1080p", "768p"] | None  # = quality
    watermark: str | None  # = waterMark


class SunoStyleGenerateInput(TypedDict, total=False):
    """Suno style boost (endpoint of its own) (style-boost).

    ``style/generate``. Legacy.
    Facts: suno-api/boost-music-style of 2026-08-19.
    """

    content: str | None
    prompt: str | None  # = content


class SunoCoverGenerateInput(TypedDict, total=False):
    """Suno cover art (endpoint of its own) (cover-art).

    ``suno/cover/generate``. Legacy.
    Facts: suno-api/cover-suno of 2026-08-19.
    """

    taskId: str | None
    source_task: str | None  # = taskId


class GoogleVeoExtendLegacyInput(TypedDict, total=False):
    """Veo 3.1 extend (endpoint of its own) (video-extend).

    ``veo/extend@legacy``. Legacy.
    Facts: veo3-api/extend-video of 2026-08-19.
    """

    taskId: str | None
    prompt: Required[str]
    seeds: int | None  # 10000 to 99999
    model: Literal["fast", "quality", "lite"] | None  # default "fast"
    watermark: str | None
    seed: int | None  # = seeds
    source_task: str | None  # = taskId
    model_tier: Literal["fast", "quality", "lite"] | None  # = model


class GoogleVeoGenerateInput(TypedDict, total=False):
    """Veo 3.1 (endpoint of its own) (text-to-video, image-to-video, reference-to-video).

    ``veo/generate``. Legacy.
    Facts: veo3-api/generate-veo-3-video of 2026-08-19.
    """

    prompt: Required[str]
    imageUrls: Files | None  # at most 3 items, image file
    model: Literal["veo3", "veo3_fast", "veo3_lite"] | None  # default "veo3_fast"
    generationType: Literal["TEXT_2_VIDEO", "FIRST_AND_LAST_FRAMES_2_VIDEO", "REFERENCE_2_VIDEO"] | None
    aspect_ratio: Literal["16:9", "9:16", "Auto"] | None  # default "16:9"
    enableFallback: bool | None  # deprecated, default false
    enableTranslation: bool | None  # default false
    watermark: str | None
    resolution: Literal["720p", "1080p", "4k", "768p", "2160p"] | None  # default "720p"
    duration: Literal["4", "6", "8", 4, 6, 8] | None  # default 8
    seeds: int | None  # 10000 to 99999
    images: Files | None  # = imageUrls
    first_frame: FileLike | None  # = imageUrls[0]
    last_frame: FileLike | None  # = imageUrls[1]
    model_tier: Literal["veo3", "veo3_fast", "veo3_lite"] | None  # = model
    seed: int | None  # = seeds


class GoogleVeoGet1080pVideoLegacyInput(TypedDict, total=False):
    """Veo 3.1, 1080p version (endpoint of its own) (upscale).

    ``veo/get-1080p-video@legacy``. Legacy.
    Facts: inventory of the contract of 2026-11-21, part 2.2 of 2026-08-19.
    """

    taskId: str | None
    index: int | str | None  # default 0
    source_task: str | None  # = taskId


class GoogleVeoGet4kVideoLegacyInput(TypedDict, total=False):
    """Veo 3.1, 4K version (endpoint of its own) (upscale).

    ``veo/get-4k-video@legacy``. Legacy.
    Facts: veo3-api/get-veo-3-4k-video of 2026-08-19.
    """

    taskId: str | None
    index: int | None  # default 0
    source_task: str | None  # = taskId


class SunoVocalRemovalGenerateInput(TypedDict, total=False):
    """Suno vocal and stem separation (endpoint of its own) (vocal-separation).

    ``vocal-removal/generate``. Legacy.
    Facts: suno-api/separate-vocals of 2026-08-19.
    """

    type: Literal["separate_vocal", "split_stem", "split_stem_advanced"] | None  # default "separate_vocal"
    stemName: (
        Literal[
            "Lead Vocal",
            "Drum Kit",
            "Kick",
            "Snare",
            "Risers",
            "Bass",
            "Backing Vocals",
            "Piano",
            "Electric Guitar",
            "Percussion",
            "String Section",
            "Synth",
            "Acoustic Guitar",
            "Sound Effects",
            "Synth Pad",
            "Synth Bass",
            "Guitar",
            "Brass Section",
            "Organ",
            "Electronic Drum Kit",
            "Lead Electric Guitar",
            "Synth Keys",
            "Rhythm Electric Guitar",
            "Electric Piano",
            "Upright Bass",
            "Keyboards",
            "Distorted Electric Guitar",
            "Synth Strings",
            "Synth Lead",
            "Woodwinds",
            "Rhythm Acoustic Guitar",
            "Flute",
            "Harp",
            "Tambourine",
            "Trumpet",
            "Arpeggiator",
            "Accordion",
            "Fiddle",
            "Pedal Steel Guitar",
            "Synth Voice",
            "Violin",
            "Digital Piano",
            "Synth Brass",
            "Mandolin",
            "Choir",
            "Banjo",
            "Bells",
            "Clarinet",
            "Tenor Saxophone",
            "Trombone",
            "Shaker",
            "French Horn",
            "Glockenspiel",
            "Electric Bass",
            "Cello",
            "Timpani",
            "Harmonica",
            "Marimba",
            "Vibraphone",
            "Lap Steel Guitar",
            "Saxophone",
            "Orchestra",
            "Horns",
            "Cymbals",
            "Hand Clap",
            "Oboe",
            "Celesta",
            "Congas",
            "Drone",
            "Alto Saxophone",
            "Double Bass",
            "Ukulele",
            "Harpsichord",
            "Baritone Saxophone",
            "Xylophone",
            "Tuba",
            "Bass Guitar",
            "Whistle",
            "Lead Guitar",
            "Rhodes",
            "808",
            "Bongos",
            "Bassoon",
            "Cowbell",
            "Viola",
            "Sitar",
            "Steel Drums",
            "Piccolo",
            "Theremin",
            "Bagpipes",
            "Hi-Hat",
            "Music Box",
            "Melodica",
            "Tabla",
            "Koto",
            "Djembe",
            "Taiko",
            "Didgeridoo",
            808,
        ]
        | None
    )
    taskId: str | None
    audioId: str | None
    audioUrl: FileLike | None  # audio file, at most 20 MB
    audio: FileLike | None  # = audioUrl
    source_task: str | None  # = taskId
    audio_id: str | None  # = audioId


class SunoVoiceCheckVoiceInput(TypedDict, total=False):
    """Suno voice check voice (endpoint of its own) (check-voice).

    ``voice/check-voice``. Legacy.
    Facts: suno-api/suno-voice-check-voice of 2026-08-19.
    """

    task_id: str | None
    source_task: str | None  # = task_id


class SunoVoiceGenerateInput(TypedDict, total=False):
    """Suno voice generate (endpoint of its own) (create-voice).

    ``voice/generate``. Legacy.
    Facts: suno-api/suno-voice-generate of 2026-08-19.
    """

    taskId: str | None
    verifyUrl: FileLike | None  # audio file
    voiceName: str | None
    description: str | None
    style: str | None
    singerSkillLevel: Literal["beginner", "intermediate", "advanced", "professional"] | None  # default "beginner"
    audio: FileLike | None  # = verifyUrl
    title: str | None  # = voiceName
    source_task: str | None  # = taskId


class SunoVoiceRegenerateInput(TypedDict, total=False):
    """Suno voice regenerate (endpoint of its own) (regenerate-phrase).

    ``voice/regenerate``. Legacy.
    Facts: suno-api/suno-voice-regenerate of 2026-08-19.
    """

    taskId: str | None
    source_task: str | None  # = taskId


class SunoVoiceValidateInput(TypedDict, total=False):
    """Suno voice Validate (endpoint of its own) (validation-phrase).

    ``voice/validate``. Legacy.
    Facts: suno-api/suno-voice-validate of 2026-08-19.
    """

    voiceUrl: FileLike | None  # audio file
    vocalStartS: Required[int]
    vocalEndS: Required[int]
    language: Literal["en", "zh", "es", "fr", "pt", "de", "ja", "ko", "hi", "ru"] | None
    audio: FileLike | None  # = voiceUrl


class SunoWavGenerateInput(TypedDict, total=False):
    """Suno song as WAV (endpoint of its own) (format-conversion).

    ``wav/generate``. Legacy.
    Facts: suno-api/convert-to-wav of 2026-08-19.
    """

    taskId: str | None
    audioId: str | None
    source_task: str | None  # = taskId
    audio_id: str | None  # = audioId


class MjGenerateInput(TypedDict, total=False):
    """Midjourney (text-to-image, image-to-image, image-to-video).

    ``mj/generate``. Undocumented.
    Facts: names seen in third-party lists.
    """

    taskType: Required[
        Literal["mj_txt2img", "mj_img2img", "mj_style_reference", "mj_omni_reference", "mj_video", "mj_video_hd"]
    ]
    prompt: Required[str]
    speed: Literal["relaxed", "fast", "turbo"] | None
    fileUrl: FileLike | None  # image file
    fileUrls: Files | None  # image file
    aspectRatio: str | None
    version: Literal["7", "6.1", "6", "5.2", "5.1", "niji6", 7, 6] | None
    variety: int | None  # 0 to 100
    stylization: int | None  # 0 to 1000
    weirdness: int | None  # 0 to 3000
    ow: int | None  # 1 to 1000
    videoBatchSize: Literal["1", "2", "4", 1, 2, 4] | None
    motion: Literal["high", "low"] | None
    waterMark: str | None
    enableTranslation: bool | None
    images: Files | None  # = fileUrls
    aspect_ratio: str | None  # = aspectRatio
    count: Literal["1", "2", "4", 1, 2, 4] | None  # = videoBatchSize
    watermark: str | None  # = waterMark
    model_tier: Literal["7", "6.1", "6", "5.2", "5.1", "niji6", 7, 6] | None  # = version


class MjGenerateImpliedInput(TypedDict, total=False):
    """Midjourney (text-to-image, image-to-image, image-to-video).

    ``mj_img2img``. Undocumented.
    Facts: names seen in third-party lists.
    """

    taskType: (
        Literal["mj_txt2img", "mj_img2img", "mj_style_reference", "mj_omni_reference", "mj_video", "mj_video_hd"] | None
    )
    prompt: Required[str]
    speed: Literal["relaxed", "fast", "turbo"] | None
    fileUrl: FileLike | None  # image file
    fileUrls: Files | None  # image file
    aspectRatio: str | None
    version: Literal["7", "6.1", "6", "5.2", "5.1", "niji6", 7, 6] | None
    variety: int | None  # 0 to 100
    stylization: int | None  # 0 to 1000
    weirdness: int | None  # 0 to 3000
    ow: int | None  # 1 to 1000
    videoBatchSize: Literal["1", "2", "4", 1, 2, 4] | None
    motion: Literal["high", "low"] | None
    waterMark: str | None
    enableTranslation: bool | None
    images: Files | None  # = fileUrls
    aspect_ratio: str | None  # = aspectRatio
    count: Literal["1", "2", "4", 1, 2, 4] | None  # = videoBatchSize
    watermark: str | None  # = waterMark
    model_tier: Literal["7", "6.1", "6", "5.2", "5.1", "niji6", 7, 6] | None  # = version


class ModifyGenerateInput(TypedDict, total=False):
    """Luma Modify Video (video-edit).

    ``modify/generate``. Undocumented.
    Facts: names seen in third-party lists.
    """

    prompt: Required[str]
    videoUrl: FileLike | None  # video file, at most 500 MB
    watermark: str | None
    video: FileLike | None  # = videoUrl


class ServiceElevenlabsSfxInput(TypedDict, total=False):
    """ElevenLabs sound effects (service pattern) (sound-effect).

    ``service/elevenlabs/sfx``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    text: str | None
    duration: float | str | None
    prompt: str | None  # = text


class ServiceElevenlabsTtsInput(TypedDict, total=False):
    """ElevenLabs TTS (service pattern) (text-to-speech).

    ``service/elevenlabs/tts``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    text: str | None
    voice: str | None
    speed: float | None
    stability: float | None
    prompt: str | None  # = text


class ServiceFluxInput(TypedDict, total=False):
    """FLUX (service pattern) (text-to-image, image-to-image).

    ``service/flux``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    imageUrl: FileLike | None  # image file
    filesUrl: Files | None  # image file
    aspectRatio: str | None
    images: Files | None  # = filesUrl
    aspect_ratio: str | None  # = aspectRatio


class ServiceGhibliInput(TypedDict, total=False):
    """Ghibli (service pattern) (text-to-image, image-to-image).

    ``service/ghibli``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    imageUrl: FileLike | None  # image file
    filesUrl: Files | None  # image file
    aspectRatio: str | None
    images: Files | None  # = filesUrl
    aspect_ratio: str | None  # = aspectRatio


class ServiceGpt4oImageInput(TypedDict, total=False):
    """GPT-4o image (service pattern) (text-to-image, image-to-image).

    ``service/gpt4o-image``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    imageUrl: FileLike | None  # image file
    filesUrl: Files | None  # image file
    aspectRatio: str | None
    size: str | None
    images: Files | None  # = filesUrl
    aspect_ratio: str | None  # = aspectRatio


class ServiceHailuoInput(TypedDict, total=False):
    """Hailuo (service pattern) (text-to-video, image-to-video).

    ``service/hailuo``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    imageUrl: FileLike | None  # image file
    imageUrls: Files | None  # image file
    aspectRatio: str | None
    duration: str | float | None
    quality: str | None
    images: Files | None  # = imageUrls
    first_frame: FileLike | None  # = imageUrls[0]
    aspect_ratio: str | None  # = aspectRatio


class ServiceKlingInput(TypedDict, total=False):
    """Kling (service pattern) (text-to-video, image-to-video).

    ``service/kling``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    imageUrl: FileLike | None  # image file
    imageUrls: Files | None  # image file
    aspectRatio: str | None
    duration: str | float | None
    quality: str | None
    images: Files | None  # = imageUrls
    first_frame: FileLike | None  # = imageUrls[0]
    aspect_ratio: str | None  # = aspectRatio


class ServiceLumaModifyInput(TypedDict, total=False):
    """Luma modify (service pattern) (video-edit).

    ``service/luma/modify``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    videoUrl: FileLike | None  # video file
    video: FileLike | None  # = videoUrl


class ServiceMidjourneyInput(TypedDict, total=False):
    """Midjourney (service pattern) (text-to-image, image-to-image).

    ``service/midjourney``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    imageUrl: FileLike | None  # image file
    filesUrl: Files | None  # image file
    aspectRatio: str | None
    images: Files | None  # = filesUrl
    aspect_ratio: str | None  # = aspectRatio


class ServiceMinimaxInput(TypedDict, total=False):
    """MiniMax (service pattern) (text-to-video, image-to-video).

    ``service/minimax``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    imageUrl: FileLike | None  # image file
    imageUrls: Files | None  # image file
    aspectRatio: str | None
    duration: str | float | None
    quality: str | None
    images: Files | None  # = imageUrls
    first_frame: FileLike | None  # = imageUrls[0]
    aspect_ratio: str | None  # = aspectRatio


class ServiceQwenInput(TypedDict, total=False):
    """Qwen (service pattern) (text-to-image, image-to-image).

    ``service/qwen``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    imageUrl: FileLike | None  # image file
    filesUrl: Files | None  # image file
    aspectRatio: str | None
    images: Files | None  # = filesUrl
    aspect_ratio: str | None  # = aspectRatio


class ServiceRecraftRemoveBgInput(TypedDict, total=False):
    """Recraft remove Bg (service pattern) (background-removal).

    ``service/recraft/remove-bg``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    imageUrl: FileLike | None  # image file
    images: Files | None  # = imageUrl


class ServiceRunwayInput(TypedDict, total=False):
    """Runway (service pattern) (text-to-video, image-to-video).

    ``service/runway``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    imageUrl: FileLike | None  # image file
    imageUrls: Files | None  # image file
    aspectRatio: str | None
    duration: str | float | None
    quality: str | None
    images: Files | None  # = imageUrls
    first_frame: FileLike | None  # = imageUrls[0]
    aspect_ratio: str | None  # = aspectRatio


class ServiceSeedanceInput(TypedDict, total=False):
    """Seedance (service pattern) (text-to-video, image-to-video).

    ``service/seedance``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    imageUrl: FileLike | None  # image file
    imageUrls: Files | None  # image file
    aspectRatio: str | None
    duration: str | float | None
    quality: str | None
    images: Files | None  # = imageUrls
    first_frame: FileLike | None  # = imageUrls[0]
    aspect_ratio: str | None  # = aspectRatio


class ServiceSeedreamInput(TypedDict, total=False):
    """Seedream (service pattern) (text-to-image, image-to-image).

    ``service/seedream``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    imageUrl: FileLike | None  # image file
    filesUrl: Files | None  # image file
    aspectRatio: str | None
    images: Files | None  # = filesUrl
    aspect_ratio: str | None  # = aspectRatio


class ServiceSoraInput(TypedDict, total=False):
    """Sora (service pattern) (text-to-video, image-to-video).

    ``service/sora``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    imageUrl: FileLike | None  # image file
    imageUrls: Files | None  # image file
    aspectRatio: str | None
    duration: str | float | None
    quality: str | None
    images: Files | None  # = imageUrls
    first_frame: FileLike | None  # = imageUrls[0]
    aspect_ratio: str | None  # = aspectRatio


class ServiceSunoInput(TypedDict, total=False):
    """Suno (service pattern) (text-to-music).

    ``service/suno``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    style: str | None
    title: str | None
    model: str | None
    customMode: bool | None
    instrumental: bool | None
    model_tier: str | None  # = model


class ServiceWanInput(TypedDict, total=False):
    """Wan (service pattern) (text-to-video, image-to-video).

    ``service/wan``. Undocumented.
    Facts: an integration document of 2025 of 2025-11.
    """

    prompt: str | None
    imageUrl: FileLike | None  # image file
    imageUrls: Files | None  # image file
    aspectRatio: str | None
    duration: str | float | None
    quality: str | None
    images: Files | None  # = imageUrls
    first_frame: FileLike | None  # = imageUrls[0]
    aspect_ratio: str | None  # = aspectRatio


class SunoRecoveryInput(TypedDict, total=False):
    """Suno recovery of a song (endpoint of its own) (recovery).

    ``suno/recovery``. Undocumented.
    Facts: inventory of the contract of 2026-11-21, part 2.2 of 2026-10-07.
    """

    task_id: str | None
    source_task: str | None  # = task_id
