"""Pictures of places: the scene of its kind, in an hour and season of its own. Place -> JPEG"""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from PIL import ImageOps

from sandbox.artwork import palette as palettes
from sandbox.artwork.canvas import HEIGHT, SCALE, WIDTH, Canvas
from sandbox.artwork.palette import Palette
from sandbox.artwork.scenes import (
    animals,
    boats,
    caves,
    fairgrounds,
    gardens,
    harbours,
    heights,
    interiors,
    mountains,
    museums,
    residences,
    sacred,
    streets,
    undersea,
    works,
)
from sandbox.world.draws import draw
from sandbox.world.places import Place

Scene = Callable[[Canvas, Palette], None]
SCENES: Mapping[str, Sequence[Scene]] = {
    "museum": (museums.temple, museums.brick),
    "gallery": (museums.cubes, interiors.picture_gallery, museums.temple),
    "science": (museums.shell,),
    "palace": (residences.palace,),
    "castle": (residences.castle,),
    "stadium": (works.stadium,),
    "experience": (works.brewery,),
    "district": (streets.district,),
    "church": (sacred.cathedral, sacred.basilica),
    "monument": (sacred.temple, sacred.triumphal_arch),
    "tower": (heights.belfry,),
    "viewpoint": (heights.terrace,),
    "cable_car": (mountains.cable_car,),
    "cruise": (boats.river,),
    "ship": (harbours.ship,),
    "windmill": (harbours.windmills,),
    "aquarium": (undersea.aquarium,),
    "spa": (harbours.baths,),
    "zoo": (animals.zoo,),
    "theme_park": (fairgrounds.theme_park,),
    "park": (gardens.park,),
    "garden": (gardens.garden,),
    "cave": (caves.cave,),
}
# Places that everybody would miss in the scene of their kind.
LIKENESSES: Mapping[str, Scene] = {
    "amsterdam-rijksmuseum": museums.brick,
    "amsterdam-amsterdam-canal-ring": boats.canal,
    "barcelona-barcelona-coast": boats.bay,
    "barcelona-casa-batllo": streets.district,
    "barcelona-la-pedrera": streets.district,
    "bath-roman-baths": harbours.baths,
    "berlin-berlin-tv-tower": heights.needle,
    "bruges-bruges-canals": boats.canal,
    "brussels-atomium": museums.shell,
    "copenhagen-copenhagen-canals": boats.canal,
    "dresden-church-of-our-lady": sacred.basilica,
    "florence-brunelleschis-dome": sacred.basilica,
    "ghent-ghent-canals": boats.canal,
    "london-london-eye": heights.wheel,
    "london-st-pauls-cathedral": sacred.basilica,
    "london-tower-bridge": boats.river,
    "lucerne-lake-lucerne": boats.bay,
    "paris-arc-de-triomphe": sacred.triumphal_arch,
    "paris-eiffel-tower": heights.lattice,
    "paris-louvre-museum": museums.pyramid,
    "porto-livraria-lello": streets.district,
    "prague-petrin-lookout-tower": heights.lattice,
    "reykjavik-faxafloi-bay": boats.bay,
    "rome-colosseum": sacred.arena,
    "rotterdam-euromast": heights.needle,
    "stockholm-stockholm-archipelago": boats.bay,
    "venice-grand-canal": boats.canal,
    "venice-st-marks-basilica": sacred.basilica,
    "vienna-giant-ferris-wheel": heights.wheel,
}
# The third picture of these is taken inside.
INSIDE: Mapping[str, Scene] = {
    "museum": interiors.picture_gallery,
    "gallery": interiors.picture_gallery,
    "palace": interiors.picture_gallery,
    "church": interiors.nave,
}
THIRD, CLOSER = 3, 0.78


def draw_cover(place: Place, *, variant: int = 1) -> bytes:
    """1200 by 800. Variant 2 shows it late in the day, 3 from closer by, or inside."""
    number = draw("cover", place.key)
    canvas = Canvas(Random(draw("scene", place.key)))  # noqa: S311 - a picture
    scene = _scene(place, number)
    is_inside = variant == THIRD and place.kind in INSIDE
    (INSIDE[place.kind] if is_inside else scene)(canvas, palettes.pick(number, variant))
    if variant == THIRD and not is_inside:
        _step_closer(canvas)
    if number % 2:
        canvas.image = ImageOps.mirror(canvas.image)
    return canvas.finish()


def _scene(place: Place, number: int) -> Scene:
    scenes = SCENES[place.kind]
    return LIKENESSES.get(place.key, scenes[number // 2 % len(scenes)])


def _step_closer(canvas: Canvas) -> None:
    width, height = WIDTH * SCALE, HEIGHT * SCALE
    left, top = round(width * (1 - CLOSER) / 2), round(height * (1 - CLOSER) * 0.6)
    closer = canvas.image.crop((left, top, left + round(width * CLOSER), top + round(height * CLOSER)))
    canvas.image = closer.resize((width, height))
